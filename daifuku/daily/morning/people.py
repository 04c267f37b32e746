"""The table of the morning: what each person did, and where his report stands. A fixed number of questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from daifuku.activities.models import Plan, Talk
from daifuku.daily import days, recorded
from daifuku.daily.models import Reading, Report
from daifuku.daily.morning.sheet import Morning
from daifuku.daily.then import open_plans
from daifuku.duties.models import Duty, State
from daifuku.ledger.models import Event
from daifuku.staff.models import Person

NEW = ("account.created", "contact.created", "lead.created")


@dataclass
class Row:
    """`state` is that of the report: closed, rewriting, missing, open, off."""

    person: Person
    address: str
    visits: int = 0
    calls: int = 0
    others: int = 0
    minutes: int = 0
    waiting: int = 0
    tasks: int = 0
    registered: int = 0
    missing: int = 0
    late: int = 0
    state: str = "open"
    report: Any = None
    read: bool = False

    @property
    def talks(self) -> int:
        return self.visits + self.calls + self.others


def rows_of(morning: Morning) -> list[Row]:
    rows = {
        person.pk: Row(person, reverse("daily:of", args=[person.uid, morning.day.isoformat()]))
        for person in morning.people
    }
    _talks(morning, rows)
    _plans(morning, rows)
    _ledger(morning, rows)
    _duties(morning, rows)
    _reports(morning, rows)
    return list(rows.values())


def _talks(morning: Morning, rows: dict[int, Row]) -> None:
    """How many, not which: numbers tell nothing of a customer that is not public."""
    counted = Talk.objects.unrestricted(reason="how many, for whoever reads the reports").filter(
        owner_id__in=morning.keys, started_at__gte=morning.span.start, started_at__lt=morning.span.end,
        trashed_at__isnull=True,
    )  # fmt: skip
    for owner, method, number, minutes in (
        counted.order_by().values("owner_id", "method")
        .annotate(number=Count("id"), whole=Coalesce(Sum("minutes"), 0))
        .values_list("owner_id", "method", "number", "whole")
    ):  # fmt: skip
        row = rows[owner]
        kind = {"visit": "visits", "phone": "calls"}.get(method, "others")
        setattr(row, kind, getattr(row, kind) + number)
        row.minutes += minutes


def _plans(morning: Morning, rows: dict[int, Row]) -> None:
    """Those that waited for their result on that evening."""
    plans = Plan.objects.unrestricted(reason="how many, for whoever reads the reports").filter(
        owner_id__in=morning.keys, trashed_at__isnull=True
    )
    still, changed = open_plans(plans, morning.span.start, morning.span.end, morning.until)
    for owner, number in (
        still.order_by().values("owner_id").annotate(number=Count("id")).values_list("owner_id", "number")
    ):
        rows[owner].waiting = number
    for plan in changed:
        rows[plan.owner_id].waiting += 1  # type: ignore[index]


def _ledger(morning: Morning, rows: dict[int, Row]) -> None:
    span = morning.span
    edited = Event.objects.within(span.start, span.end, ["task.edited"]).by_people(morning.keys)
    for event in edited.only("id", "actor_id", "data")[: recorded.MOST * 4]:
        old, new = event.changes.get("state", [None, None])
        if new == "done" and old != "done":
            rows[event.actor_id].tasks += 1  # type: ignore[index]
    made = Event.objects.within(span.start, span.end, NEW).by_people(morning.keys).on_its_own()
    for actor, number in (
        made.order_by().values("actor_id").annotate(n=Count("id")).values_list("actor_id", "n")
    ):
        rows[actor].registered = number


def _duties(morning: Morning, rows: dict[int, Row]) -> None:
    counted = Duty.objects.filter(
        owner_id__in=morning.keys, due_on__gte=morning.day, due_at__lt=morning.span.end, weight__gt=0
    ).exclude(kind="daily_report")
    came_later = Q(state=State.LATE, done_at__gte=morning.until)
    late = counted.filter(state=State.LATE).exclude(came_later)
    missing = counted.filter(Q(state=State.OPEN, due_at__lte=morning.now) | came_later)
    for name, some in (("late", late), ("missing", missing)):
        for owner, number in (
            some.order_by().values("owner_id").annotate(n=Count("id")).values_list("owner_id", "n")
        ):
            setattr(rows[owner], name, number)


def _reports(morning: Morning, rows: dict[int, Row]) -> None:
    found = Report.objects.visible_to(morning.viewer).filter(owner_id__in=morning.keys, day=morning.day)
    reports = {report.owner_id: report for report in found}
    read = dict(
        Reading.objects.filter(report__in=[each.pk for each in reports.values()], person=morning.viewer.pk)
        .values_list("report_id", "version")
    )  # fmt: skip
    over = days.over(morning.day, morning.rules)
    for key, row in rows.items():
        report = reports.get(key)
        if report is not None:
            row.report, row.address = report, report.get_absolute_url()
            row.state = "closed" if report.is_closed else "rewriting"
            row.read = read.get(report.pk) == report.version
        elif morning.calendar.off(key, morning.day) == "whole" or (
            timezone.localdate(row.person.joined_at) > morning.day
        ):
            row.state = "off"
        else:
            row.state = "missing" if over <= morning.now else "open"
