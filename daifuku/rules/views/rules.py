"""The rules in the settings: which there are, what they say, whether two contradict; switched on and off."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.records.catalogue import registry
from daifuku.records.views import telling
from daifuku.rules import contradictions, editions, words
from daifuku.rules.actions import install_shipped, remove_rule, switch_rule
from daifuku.rules.beginning import has_none, preview
from daifuku.rules.models import Book, Edition, Rule
from daifuku.rules.rulings import trouble_of
from daifuku.rules.views.finding import rule_at
from daifuku.staff.views.finding import with_power


@require_safe
def rules_page(request: HttpRequest) -> HttpResponse:
    with_power(request, "settings")
    found = list(Rule.objects.kept().select_related("person", "substitute"))
    book, edition = Book.objects.order_by("pk").first(), Edition.objects.first()
    blank = not found and has_none()
    context = {
        "groups": _groups(found),
        "contradictions": contradictions.pairs(found),
        "edition": edition,
        "blank": blank,
        "preview": preview() if blank else [],
        "unpublished": len(editions.changed_since(edition, book)),
        "waiting": len(editions.not_confirmed(edition)) if edition else 0,
    }
    return render(request, "rules/rules.html", context)


def _groups(rules: list[Rule]) -> list[tuple[str, list[tuple[Rule, str, list[str]]]]]:
    """Those of each kind of record together, each with its sentence and what of it cannot work."""
    known = {each.key: each.name for each in registry.every()}
    found: dict[str, list[tuple[Rule, str, list[str]]]] = {}
    for rule in rules:
        if rule.object in known:
            row = (rule, words.sentence_of(rule), trouble_of(rule))
            found.setdefault(known[rule.object], []).append(row)
    return list(found.items())


@require_POST
def install_page(request: HttpRequest) -> HttpResponse:
    by = with_power(request, "settings")
    event = install_shipped(by=by)
    telling.done(request, _("初めの運用ルールを入れ、第1版として公開しました。"), event)
    return redirect("rules:rules")


@require_POST
def switch_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    by, rule = with_power(request, "settings"), rule_at(request, uid)
    on = request.POST.get("on") == "1"
    switch_rule(rule, on=on, by=by)
    sentence = _("「%(rule)s」を使い始めました。") if on else _("「%(rule)s」を止めました。")
    telling.done(request, sentence % {"rule": rule}, telling.written())
    return redirect("rules:rules")


@require_POST
def remove_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    by, rule = with_power(request, "settings"), rule_at(request, uid)
    remove_rule(rule, by=by)
    telling.done(request, _("「%(rule)s」を削除しました。") % {"rule": rule}, telling.written())
    return redirect("rules:rules")
