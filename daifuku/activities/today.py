"""今日: what somebody has before him today, what waits for its result, and what he has done today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from daifuku.activities.models import Plan, Talk, Task
from daifuku.activities.models.plan import OPEN
from daifuku.activities.showing import Line, plan_line, talk_line, task_line
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
    day = timezone.localtime(now).date()
    rows = (
        Plan.objects.visible_to(viewer)
        .filter(owner_id=viewer.pk, state__in=OPEN, started_at__lt=_begin(day) + AHEAD)
        .select_related("account", "contact", "lead")
        .order_by("-started_at", "-id")[:MOST]
    )
    lines = [plan_line(plan, viewer, (), now) for plan in reversed(rows)]
    days = [timezone.localtime(line.record.started_at).date() for line in lines]
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
    day = timezone.localtime(now).date()
    rows = (
        Talk.objects.visible_to(viewer)
        .filter(
            owner_id=viewer.pk, started_at__gte=_begin(day), started_at__lt=_begin(day) + timedelta(days=1)
        )
        .select_related("account", "contact", "lead")
        .order_by("-started_at", "-id")[:MOST]
    )
    return [talk_line(talk, viewer, ()) for talk in rows]


def tasks_of(viewer: Viewer, now: datetime) -> list[Line]:
    """What this person must do by today, the oldest first."""
    day = timezone.localtime(now).date()
    rows = (
        Task.objects.visible_to(viewer)
        .filter(owner_id=viewer.pk, done_at__isnull=True, due_on__lte=day)
        .select_related("account", "contact", "lead")
        .order_by("due_on", "id")[:MOST]
    )
    return [task_line(task, viewer, (), day) for task in rows]


def _begin(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), timezone.get_default_timezone())
