"""朝の一枚: the last working day on one sheet, to read, to share, to print; older mornings can be turned back to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.daily import days, shares, who
from daifuku.daily.actions.sharing import may_share
from daifuku.daily.models import habits
from daifuku.daily.morning.people import rows_of
from daifuku.daily.morning.sheet import Morning, morning_of
from daifuku.daily.views.common import day_in, tabs, today_of, viewer_of_reports
from daifuku.duties.working import Calendar
from daifuku.foundation.errors import NotFound


@require_safe
def morning_page(request: HttpRequest) -> HttpResponse:
    viewer, rules = viewer_of_reports(request), habits()
    if not who.reads_mornings(viewer, rules):
        raise NotFound
    today, now = today_of(rules), timezone.now()
    calendar = Calendar([], today)
    newest = days.last_working(today, calendar)
    asked = request.GET.get("day", "")
    day = day_in(asked, today) if asked else newest
    morning = morning_of(viewer, day, now, rules)
    return render(request, "daily/morning.html", {
        "tabs": tabs(viewer, "morning", rules),
        "morning": morning,
        "rows": rows_of(morning),
        "shared": shares.of_day(day, viewer),
        "before": days.last_working(day, calendar),
        "after": _after(day, today, calendar),
        "newest": newest,
        "today": today,
        "sums": sums(morning),
        "share": may_share(viewer),
        "shared_day": day,
    })  # fmt: skip


def _after(day: date, today: date, calendar: Calendar) -> date | None:
    following = days.next_working(day, calendar)
    return following if following <= today else None


def sums(morning: Morning) -> dict[str, Any]:
    return {part.section.key: part.found.total for part in morning.parts}
