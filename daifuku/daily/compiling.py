"""What somebody did on a day, read from the records and the ledger for whoever looks; nothing of it is kept twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.showing import Line, plan_line, talk_line, task_line
from daifuku.daily import days, recorded
from daifuku.daily.days import Span
from daifuku.daily.models.habit import Habits
from daifuku.daily.recorded import Recorded
from daifuku.daily.then import open_plans
from daifuku.duties import rate
from daifuku.duties.showing import Line as DutyLine
from daifuku.duties.showing import lines_of
from daifuku.duties.whose import sees_person
from daifuku.duties.working import Calendar
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MOST = 200


@dataclass(frozen=True)
class Item:
    """A line of the day. `later` says that it came ("added") or was changed ("changed") after the day was closed."""

    line: Line
    later: str = ""


@dataclass
class Day:
    """`hidden` counts what the reader may not see, so that nothing seems to be missing."""

    person: Person
    span: Span
    following: date
    talks: list[Item] = field(default_factory=list)
    plans: list[Item] = field(default_factory=list)
    tasks: list[Item] = field(default_factory=list)
    records: list[Recorded] = field(default_factory=list)
    ahead: list[Line] = field(default_factory=list)
    due: list[Line] = field(default_factory=list)
    gaps: list[DutyLine] = field(default_factory=list)
    hidden: int = 0

    @property
    def empty(self) -> bool:
        return not (self.talks or self.plans or self.tasks or self.records or self.hidden)

    @property
    def soon(self) -> list[Line]:
        return [line for line in self.due if not line.overdue]

    @property
    def overdue(self) -> list[Line]:
        """Told behind one line: the whole pile is not what a day is about."""
        return [line for line in self.due if line.overdue]

    @property
    def minutes(self) -> int:
        """How long he talked with customers."""
        return sum(item.line.record.minutes or 0 for item in self.talks)


def day_of(
    person: Person, day: date, viewer: Viewer, now: datetime, rules: Habits, closed_at: datetime | None = None
) -> Day:
    """A fixed number of questions, however much he did."""
    calendar = Calendar([person.pk], timezone.localdate(now))
    span = days.span(day, rules)
    found = Day(person, span, days.next_working(day, calendar))
    _talks(found, viewer, closed_at)
    _plans(found, viewer, closed_at, rules, now)
    lines = recorded.lines_of(person, span)
    _tasks(found, viewer, lines)
    found.records = recorded.told(lines, viewer, closed_at)
    found.hidden += sum(1 for each in found.records if each.record is None)
    found.records = [each for each in found.records if each.record is not None]
    if viewer.may("task", "view"):
        rows = Task.objects.visible_to(viewer).filter(
            Q(done_at__isnull=True) | Q(done_at__gte=span.end),
            owner=person, due_on__lte=found.following, created_at__lt=span.end,
        )  # fmt: skip
        rows = rows.select_related("account", "contact", "lead").order_by("due_on", "id")[:MOST]
        found.due = [task_line(task, viewer, (), day) for task in rows]
    found.gaps = gaps_of(person, day, viewer, now)
    return found


def gaps_of(person: Person, day: date, viewer: Viewer, now: datetime) -> list[DutyLine]:
    """What is still to be entered up to this day, but the report itself; for him and for whoever leads him."""
    if not sees_person(viewer, person.pk):
        return []
    duties = [duty for duty in rate.gaps(person, day) if duty.weight and duty.kind != "daily_report"]
    return lines_of(duties, viewer, now)


def _talks(found: Day, viewer: Viewer, closed_at: datetime | None) -> None:
    if not viewer.may("talk", "view"):
        return
    rows = Talk.objects.unrestricted(reason="what the reader may not see is counted").filter(
        owner=found.person, started_at__gte=found.span.start, started_at__lt=found.span.end,
        trashed_at__isnull=True,
    )  # fmt: skip
    rows = list(rows.select_related("account", "contact", "lead").order_by("started_at", "id")[:MOST])
    found.talks = _items(_seen(rows, viewer, found), lambda talk: talk_line(talk, viewer, ()), closed_at)


def _plans(found: Day, viewer: Viewer, closed_at: datetime | None, rules: Habits, now: datetime) -> None:
    """Those of the day, without those that became a talk, which is told already; and those of the next working day."""
    if not viewer.may("plan", "view"):
        return
    every = Plan.objects.unrestricted(reason="what the reader may not see is counted").filter(
        owner=found.person, trashed_at__isnull=True
    )
    every = every.select_related("account", "contact", "lead")
    span, next_day = found.span, days.span(found.following, rules)
    today = every.filter(started_at__gte=span.start, started_at__lt=span.end, talk__isnull=True)
    found.plans = _items(
        _seen(today.order_by("started_at", "id")[:MOST], viewer, found),
        lambda plan: plan_line(plan, viewer, (), now), closed_at,
    )  # fmt: skip
    still, changed = open_plans(every, next_day.start, next_day.end, min(span.end, now))
    ahead = sorted([*still[:MOST], *changed], key=lambda plan: (plan.started_at, plan.pk))
    found.ahead = [plan_line(plan, viewer, (), now) for plan in ahead if sees(viewer, plan, "view")]


def _tasks(found: Day, viewer: Viewer, lines: Sequence[recorded.Entry]) -> None:
    """Those that he finished on this day and that are finished still: the ledger knows when."""
    if not viewer.may("task", "view"):
        return
    keys = {entry.key for entry in lines if entry.finished_a_task}
    rows = Task.objects.unrestricted(reason="what the reader may not see is counted").filter(
        pk__in=keys, done_at__isnull=False, trashed_at__isnull=True
    )
    rows = list(rows.select_related("account", "contact", "lead").order_by("done_at", "id")[:MOST])
    found.tasks = _items(_seen(rows, viewer, found), lambda task: task_line(task, viewer, ()), None)


def _seen(rows: Iterable[Any], viewer: Viewer, found: Day) -> list[Any]:
    every = list(rows)
    seen = [row for row in every if sees(viewer, row, "view")]
    found.hidden += len(every) - len(seen)
    return seen


def _items(rows: Iterable[Any], draw: Any, closed_at: datetime | None) -> list[Item]:
    return [Item(draw(row), later(row, closed_at)) for row in rows]


def later(record: Any, closed_at: datetime | None) -> str:
    if closed_at is None:
        return ""
    if record.created_at > closed_at:
        return "added"
    return "changed" if record.updated_at > closed_at else ""
