"""やり残し: what this person has to enter, whom he has not contacted, what he put off or asked of others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.duties.models import Duty, Reason, Why
from daifuku.duties.rate import rates
from daifuku.duties.showing import lines_of
from daifuku.duties.views.finding import framed
from daifuku.records.views.finding import viewer_at

MOST = 100


@require_safe
def mine_page(request: HttpRequest) -> HttpResponse:
    return mine_page_with(request, {}, 200)


def mine_page_with(request: HttpRequest, besides: dict[str, Any], status: int) -> HttpResponse:
    """`besides` is what was wrong with an answer, and what was typed."""
    viewer, now = viewer_at(request), timezone.now()
    today = timezone.localdate(now)
    waiting = Duty.objects.waiting().select_related("owner", "substitute").order_by("due_at", "id")
    own = waiting.of(viewer.pk).filter(due_on__lte=today + timedelta(days=1))
    rows = list(own.exclude(snoozed_until__gt=today)[:MOST])
    later = list(own.filter(snoozed_until__gt=today)[:MOST])
    given = list(
        waiting.filter(owner=viewer.pk, substitute__isnull=False).exclude(substitute=viewer.pk)[:MOST]
    )
    lines = lines_of([*rows, *later, *given], viewer, now)
    told, put_off = lines[: len(rows)], lines[len(rows) : len(rows) + len(later)]
    context = {
        "entries": [line for line in told if line.counts], "alone": [line for line in told if not line.counts],
        "later": put_off, "given": lines[len(rows) + len(later) :], "rate": rates([viewer.pk], now=now)[viewer.pk],
        "full": len(rows) == MOST, "why": _question(viewer.pk), "reasons": Reason.choices,
    }  # fmt: skip
    return render(request, "duties/mine.html", framed(request, "mine", {**context, **besides}), status=status)


def _question(person: int) -> Any:
    """The one of the last two weeks that is still without an answer."""
    since = timezone.localdate() - timedelta(days=21)
    return Why.objects.filter(person=person, answered_at__isnull=True, week__gte=since).first()


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """The number at the menu: what should have been entered by now. It is asked for once the page is there."""
    viewer, now = viewer_at(request), timezone.now()
    late = Duty.objects.missing(now).of(viewer.pk).filter(weight__gt=0)
    late = late.exclude(snoozed_until__gt=timezone.localdate(now))
    number = len(late.values_list("pk", flat=True)[: MOST + 1])
    if not number:
        return HttpResponse("")
    words = _("入力漏れ %(number)s件") % {"number": number}
    shown = number if number <= MOST else f"{MOST}+"
    return HttpResponse(
        format_html('<span class="count" title="{0}" aria-label="{0}">{1}</span>', words, shown)
    )
