"""皆の日報: people and the days of a week, with where each report stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.daily import days, unread, who
from daifuku.daily.models import Reading, Report, habits
from daifuku.daily.models.habit import Habits
from daifuku.daily.views.common import day_in, tabs, today_of, viewer_of_reports
from daifuku.duties.working import Calendar
from daifuku.foundation.calendar import holiday_name
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

WEEK = 7
# What stands in a cell: nothing, off, open (today), missing, rewriting, unread, read, closed (nobody has to read it).


@dataclass(frozen=True)
class Cell:
    day: date
    state: str
    address: str
    late: bool = False
    readers: int = 0


@require_safe
def grid_page(request: HttpRequest) -> HttpResponse:
    viewer, rules = viewer_of_reports(request), habits()
    today, now = today_of(rules), timezone.now()
    asked = day_in(request.GET.get("week", ""), today)
    monday = asked - timedelta(days=asked.weekday())
    week = [monday + timedelta(days=number) for number in range(WEEK)]
    people = who.seen_by(viewer, who.writers(rules))
    calendar = Calendar([person.pk for person in people], today)
    waiting = list(unread.unread(viewer, today).select_related("owner")[:20])
    return render(request, "daily/grid.html", {
        "tabs": tabs(viewer, "all", rules),
        "rows": rows_of(viewer, people, week, calendar, rules, today, now),
        "days": [(day, holiday_name(day), not calendar.works(day), day == today) for day in week],
        "before": monday - timedelta(days=WEEK),
        "after": monday + timedelta(days=WEEK) if monday + timedelta(days=WEEK) <= today else None,
        "monday": monday,
        "sunday": week[-1],
        "waiting": waiting,
        "today": today,
    })  # fmt: skip


def rows_of(
    viewer: Viewer, people: list[Person], week: list[date], calendar: Calendar, rules: Habits, today: date, now: datetime,
) -> list[tuple[Person, list[Cell]]]:  # fmt: skip
    """Two questions, however many people there are."""
    owners = [person.pk for person in people]
    rows = Report.objects.visible_to(viewer).filter(owner_id__in=owners, day__gte=week[0], day__lte=week[-1])
    reports = {(report.owner_id, report.day): report for report in rows}
    read: dict[int, dict[int, int]] = {}
    for report, person, version in Reading.objects.filter(
        report__in=[report.pk for report in reports.values()]
    ).values_list("report_id", "person_id", "version"):
        read.setdefault(report, {})[person] = version
    waits = {person.pk for person in who.led_by(viewer, people)}
    return [
        (person, [_cell(person, day, reports, read, waits, calendar, rules, viewer, today, now) for day in week])
        for person in people
    ]


def _cell(
    person: Person, day: date, reports: Any, read: dict[int, dict[int, int]], waits: set[int], calendar: Calendar,
    rules: Habits, viewer: Viewer, today: date, now: datetime,
) -> Cell:  # fmt: skip
    report = reports.get((person.pk, day))
    if report is not None:
        readers = read.get(report.pk, {})
        late = report.first_closed_at >= max(days.due(day, rules), days.span(day, rules).end)
        if not report.is_closed:
            state = "rewriting"
        elif person.pk in waits:
            state = "read" if readers.get(viewer.pk) == report.version else "unread"
        else:
            state = "read" if readers else "closed"
        return Cell(day, state, report.get_absolute_url(), late, len(readers))
    mine = person.pk == viewer.pk
    address = (
        f"{reverse('daily:mine')}?day={day.isoformat()}"
        if mine
        else reverse("daily:of", args=[person.uid, day.isoformat()])
    )
    if day > today:
        return Cell(day, "", "")
    if calendar.off(person.pk, day) == "whole" or timezone.localdate(person.joined_at) > day:
        return Cell(day, "off", address)
    over = max(days.due(day, rules), days.span(day, rules).end) <= now
    return Cell(day, "missing" if over else "open", address)
