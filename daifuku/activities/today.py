"""今日: what somebody has before him today, what waits for its result, and what he has done today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone

from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.models.plan import OPEN
from daifuku.activities.showing import Line, plan_line, talk_line, task_line
from daifuku.foundation.calendar import moment_on
from daifuku.foundation.sql.prepared import Prepared, ask_ahead
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

MOST = 100
AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Plans:
    """`waiting` should be over and have no result; a plan of today is in `today`, whether it is over or not."""

    waiting: Sequence[Line]
    today: Sequence[Line]
    ahead: Sequence[Line]


# What rooms above show beside the plans: (template, context(viewer, plans, now)), filled from `apps.ready()`; None is
# nothing to show. The template gets it as `part`.
parts: list[tuple[str, Callable[[Viewer, Plans, datetime], dict[str, Any] | None]]] = []


def plans_of(viewer: Viewer, now: datetime) -> Plans:
    """One question. Where somebody lets hundreds lie, the oldest are left out."""
    day = timezone.localdate(now)
    rows = _own(_plans(day), viewer)
    lines = [plan_line(plan, viewer, (), now) for plan in reversed(rows)]
    days = [timezone.localdate(line.record.started_at) for line in lines]
    told = list(zip(days, lines, strict=True))
    return Plans(
        [line for each, line in told if each < day],
        [line for each, line in told if each == day],
        [line for each, line in told if each > day],
    )


def parts_of(viewer: Viewer, plans: Plans, now: datetime) -> list[tuple[str, dict[str, Any]]]:
    asked = [(template, context(viewer, plans, now)) for template, context in parts]
    return [(template, told) for template, told in asked if told is not None]


def talks_of(viewer: Viewer, now: datetime) -> list[Line]:
    """The talks that this person held today, the latest first."""
    rows = _own(_talks(timezone.localdate(now)), viewer)
    return [talk_line(talk, viewer, ()) for talk in rows]


def tasks_of(viewer: Viewer, now: datetime) -> list[Line]:
    """What this person must do by today, the oldest first."""
    day = timezone.localdate(now)
    return [task_line(task, viewer, (), day) for task in _own(_tasks(day), viewer)]


def ask_for_day(viewer: Viewer, now: datetime) -> None:
    """All that the page of the day will ask, in one journey."""
    day = timezone.localdate(now)
    ask_ahead(lambda: [asked(day).told(viewer.pk) for asked in (_plans, _talks, _tasks)])


# Whoever is in charge sees what is his, so that the questions are the same for everybody; they are written once a day.
@lru_cache(4)
def _plans(day: date) -> Prepared:
    until = moment_on(day) + AHEAD
    return _asked(Plan, lambda rows: rows.filter(state__in=OPEN, started_at__lt=until), "-started_at", "-id")


@lru_cache(4)
def _talks(day: date) -> Prepared:
    begin = moment_on(day)
    span = {"started_at__gte": begin, "started_at__lt": begin + timedelta(days=1)}
    return _asked(Talk, lambda rows: rows.filter(**span), "-started_at", "-id")


@lru_cache(4)
def _tasks(day: date) -> Prepared:
    return _asked(Task, lambda rows: rows.filter(done_at__isnull=True, due_on__lte=day), "due_on", "id")


def _asked(model: Any, narrowed: Callable[[Any], Any], *order: str) -> Prepared:
    def build(person: int) -> Any:
        rows = narrowed(model.plain.filter(owner_id=person, trashed_at__isnull=True))
        return rows.select_related("account", "contact", "lead").order_by(*order)[:MOST]

    return Prepared(build)


def _own(asked: Prepared, viewer: Viewer) -> list[Any]:
    return [row for row in asked(viewer.pk) if sees(viewer, row, "view")]
