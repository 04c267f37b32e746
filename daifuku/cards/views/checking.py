"""A second person types cards of the sample without seeing the first entry; how fast and how exact all is."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.cards import figures
from daifuku.cards.actions import rechecking
from daifuku.cards.fields import COMPARED, on_form
from daifuku.cards.models import Card, Recheck, setup
from daifuku.cards.views.finding import card_at, enterer_at
from daifuku.customers.objects.lead import LEAD
from daifuku.foundation.whole import whole
from daifuku.records.catalogue import vocabulary
from daifuku.records.forms import RecordForm
from daifuku.records.views import telling


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """To the next card of the sample that somebody else has entered."""
    viewer = enterer_at(request)
    found = Card.objects.visible_to(viewer).to_check(viewer).order_by("done_at", "id").first()
    if found is None:
        telling.done(request, _("確かめる名刺はありません。"))
        return redirect("cards:inbox")
    return redirect("cards:check", found.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def check_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    viewer = enterer_at(request)
    card = card_at(request, uid)
    row = Recheck.objects.filter(card=card).first()
    if row is not None and row.judged_at is None and row.by_id == viewer.pk:
        return _judging(request, card, row)
    fields = {name: field for name, field in on_form(viewer).items() if name in COMPARED}
    form = RecordForm(LEAD, fields.values(), viewer, data=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        row = rechecking.type_again(
            card, form.values(), by=viewer.person, seconds=whole(request.POST.get("seconds")) or 0
        )
        if row.differing:
            return redirect("cards:check", card.uid)
        telling.done(request, _("2回の入力がすべて一致しました。"))
        return redirect("cards:checks")
    page = {"card": card, "form": form, "rows": [(form[name], False) for name in form.fields]}
    return render(request, "cards/check.html", page)


def _judging(request: HttpRequest, card: Card, row: Recheck) -> HttpResponse:
    by = request.viewer.person  # type: ignore[attr-defined]
    if request.method == "POST":
        wrong = [name for name in row.differing if request.POST.get(f"right_{name}") == "second"]
        left = rechecking.judge(card, wrong, by=by)
        telling.done(request, _judged(wrong, left))
        return redirect(card if left else "cards:checks")
    fields = vocabulary.fields_of("lead")
    pairs: list[Any] = [
        (name, fields[name].name, row.first.get(name, ""), row.values.get(name, "")) for name in row.differing
    ]
    return render(request, "cards/judge.html", {"card": card, "pairs": pairs, "recheck": row})


def _judged(wrong: list[str], left: list[str]) -> str:
    """What was put right in the record, and what somebody has to look at."""
    words = _("確かめた結果を保存しました。")
    if mended := [name for name in wrong if name not in left]:
        words += _("登録先の「%(fields)s」を直しました。") % {"fields": _labels(mended)}
    if left:
        sentence = _(
            "「%(fields)s」は、登録先で変えられているか直せないため、そのままです。確認してください。"
        )
        words += sentence % {"fields": _labels(left)}
    return words


def _labels(names: list[str]) -> str:
    fields = vocabulary.fields_of("lead")
    return _("、").join(str(fields[name].name) for name in names)


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    viewer = enterer_at(request)
    now, rules = timezone.now(), setup()
    whole_, each = figures.exactness(now)
    seen = Card.objects.visible_to(viewer)
    page = {
        "tab": "figures", "enters": True, "speeds": figures.speeds(now, rules.target_seconds), "rules": rules,
        "whole": whole_, "fields": each, "days": figures.DAYS, "waiting": seen.open().count(),
        "late": seen.late(now).count(),
    }  # fmt: skip
    return render(request, "cards/figures.html", page)
