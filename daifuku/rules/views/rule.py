"""The form of a rule: what it asks of whom, how many records would not meet it, why it cannot be kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.foundation.errors import DomainError
from daifuku.records.views import telling
from daifuku.rules import cleaning, contradictions, lockouts, words
from daifuku.rules.actions import create_rule, edit_rule
from daifuku.rules.models import Rule
from daifuku.rules.preview import preview
from daifuku.rules.views.finding import rule_at
from daifuku.rules.views.rule_form import RuleForm, about, values_of
from daifuku.staff.viewer import viewer_of
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import told_in


@require_http_methods(["GET", "HEAD", "POST"])
def new_rule_page(request: HttpRequest) -> HttpResponse:
    by = with_power(request, "settings")
    sent = request.POST if request.method == "POST" else None
    form = RuleForm(sent, viewer=viewer_of(by), initial={"object": request.GET.get("object", "")})
    if sent is not None and form.is_valid():
        if "preview" in sent:
            return _page(request, form, Rule())
        with told_in(form):
            rule = create_rule(form.values(), by=by)
            telling.done(
                request, _("「%(rule)s」を登録しました。今から働きます。") % {"rule": rule}, telling.written()
            )
            return redirect("rules:rules")
    return _page(request, form, Rule())


@require_http_methods(["GET", "HEAD", "POST"])
def rule_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    by, rule = with_power(request, "settings"), rule_at(request, uid)
    sent = request.POST if request.method == "POST" else None
    form = RuleForm(sent, viewer=viewer_of(by), rule=rule, initial=values_of(rule))
    if sent is not None and form.is_valid():
        if "preview" in sent:
            return _page(request, form, rule)
        with told_in(form):
            edit_rule(rule, form.values(), by=by, version=form.cleaned_data["version"])
            telling.done(request, _("保存しました。"), telling.written())
            return redirect("rules:rules")
    return _page(request, form, rule)


def _page(request: HttpRequest, form: RuleForm, rule: Rule) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "rule": rule if rule.pk else None, **form.about}
    if context["rule"] is not None or form.is_bound:
        context |= _tried(form, rule)
    return render(request, "rules/rule_form.html", context, status=422 if form.errors else 200)


def _tried(form: RuleForm, rule: Rule) -> dict[str, Any]:
    """As it stands in the form: its sentence, how many records would not meet it. Nothing is kept."""
    if form.errors:
        return {}
    tried = Rule(**{name: getattr(rule, name) for name in KEPT})
    try:
        if form.is_bound:
            with told_in(form):
                for name, value in cleaning.clean(form.values(), form.viewer, tried).items():
                    setattr(tried, name, value)
                tried.pk = rule.pk
                lockouts.check(tried)
                contradictions.check(tried)
        if form.errors:
            return {}
        return {"sentence": words.sentence_of(tried), "preview": preview(tried, timezone.localdate())}
    except DomainError:
        return {}


KEPT = (
    "object", "moment", "condition", "stage_field", "stage_from", "required", "emptied", "missing", "until", "amount",
    "who", "person", "substitute", "title", "note", "binds", "imports",
)  # fmt: skip


@require_safe
def fields_part(request: HttpRequest) -> HttpResponse:
    """Fields, stages and condition of the kind of record that was just chosen."""
    by = with_power(request, "settings")
    return render(request, "rules/parts/fields.html", about(request.GET.get("object", ""), viewer_of(by)))
