"""皆の日報: people and the days of a week, with where each report stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.activities.schedule.holidays import called
from daifuku.daily import days, unread, who
from daifuku.daily.models import Reading, Report, habits
from daifuku.daily.models.habit import Habits
from daifuku.daily.views.common import day_in, tabs, today_of, viewer_of_reports
from daifuku.duties.working import Calendar
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

WEEK, MOST = 7, 6
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
    today = today_of(rules)
    asked = day_in(request.GET.get("week", ""), today)
    week = Week(viewer, asked - timedelta(days=asked.weekday()), today, rules)
    following = week.monday + timedelta(days=WEEK)
    return render(request, "daily/grid.html", {
        "tabs": tabs(viewer, "all", rules),
        "rows": [(person, [week.cell(person, day) for day in week.days]) for person in week.people],
        "days": [(day, called(day), not week.calendar.works(day), day == today) for day in week.days],
        "before": week.monday - timedelta(days=WEEK),
        "after": following if following <= today else None,
        "monday": week.monday,
        "sunday": week.days[-1],
        "waiting": list(unread.unread(viewer, today).select_related("owner")[:MOST]),
        "waiting_all": unread.count_for(viewer),
        "today": today,
    })  # fmt: skip


class Week:
    """The reports of a week, asked for together, however many people there are."""

    def __init__(self, viewer: Viewer, monday: date, today: date, rules: Habits) -> None:
        self.viewer, self.monday, self.today, self.rules = viewer, monday, today, rules
        self.now = timezone.now()
        self.days = [monday + timedelta(days=number) for number in range(WEEK)]
        self.people = who.seen_by(viewer, who.writers(rules))
        self.calendar = Calendar([person.pk for person in self.people], today)
        self.waits = {person.pk for person in who.led_by(viewer, self.people)}
        rows = Report.objects.visible_to(viewer).filter(
            owner_id__in=[person.pk for person in self.people], day__gte=monday, day__lte=self.days[-1]
        )
        self.reports = {(report.owner_id, report.day): report for report in rows}
        self.read: dict[int, dict[int, int]] = {}
        rows = Reading.objects.filter(report__in=[report.pk for report in self.reports.values()])
        for report, person, version in rows.values_list("report_id", "person_id", "version"):
            self.read.setdefault(report, {})[person] = version

    def cell(self, person: Person, day: date) -> Cell:
        report = self.reports.get((person.pk, day))
        if report is not None:
            return self._of_report(person, report)
        if day > self.today:
            return Cell(day, "", "")
        mine = person.pk == self.viewer.pk
        address = (
            f"{reverse('daily:mine')}?day={day.isoformat()}"
            if mine
            else reverse("daily:of", args=[person.uid, day.isoformat()])
        )
        if self.calendar.off(person.pk, day) == "whole" or timezone.localdate(person.joined_at) > day:
            return Cell(day, "off", address)
        return Cell(day, "missing" if self._over(day) <= self.now else "open", address)

    def _of_report(self, person: Person, report: Report) -> Cell:
        readers = self.read.get(report.pk, {})
        if not report.is_closed:
            state = "rewriting"
        elif person.pk in self.waits:
            state = "read" if readers.get(self.viewer.pk) == report.version else "unread"
        else:
            state = "read" if readers else "closed"
        late = report.first_closed_at >= self._over(report.day)
        return Cell(report.day, state, report.get_absolute_url(), late, len(readers))

    def _over(self, day: date) -> datetime:
        return days.over(day, self.rules)
