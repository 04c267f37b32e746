"""What the ledger tells of a deal's way: when it came into which stage and left it, what was passed over, gone back,
how often the day of the order was put off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from daifuku.deals import processes, ways, workdays
from daifuku.deals.models import Deal
from daifuku.deals.processes import Stage
from daifuku.ledger.models import Event, Subject
from daifuku.staff.models import Person

MOST = 1000


@dataclass
class Stay:
    """`days` are working days; the last stay goes on and has not `left`. `kind` is how it came there: on, skip, back,
    lose, reopen, cross; "" for the first. `document` is the kind of document that brought it there, if one did."""

    stage: Stage
    entered: datetime
    by: Person | None
    kind: str = ""
    note: str = ""
    left: datetime | None = None
    days: int = 0
    passed: tuple[Stage, ...] = ()
    document: str = ""


@dataclass(frozen=True)
class Push:
    """The expected day of the order was put off from one day to a later one."""

    at: datetime
    old: date
    new: date


@dataclass
class History:
    stays: list[Stay] = field(default_factory=list)
    pushes: list[Push] = field(default_factory=list)
    amounts: list[tuple[datetime, int | None, int | None]] = field(default_factory=list)

    @property
    def skips(self) -> int:
        return sum(stay.kind == ways.SKIP for stay in self.stays)

    @property
    def backs(self) -> int:
        return sum(stay.kind in {ways.BACK, ways.REOPEN} for stay in self.stays)

    @property
    def days(self) -> dict[str, int]:
        """Working days in each stage by its key, all stays together."""
        found: dict[str, int] = {}
        for stay in self.stays:
            found[stay.stage.key] = found.get(stay.stage.key, 0) + stay.days
        return found


def of_deal(deal: Deal, today: date) -> History:
    """Two questions. What was undone never happened; stages that are gone by now are passed over."""
    lines = Event.objects.filter(
        subjects__object="deal", subjects__record_id=deal.pk, subjects__role=Subject.MAIN,
        kind__in=("deal.created", "deal.edited"), undoes__isnull=True, undone_by__isnull=True,
    )  # fmt: skip
    return read(list(lines.select_related("actor").order_by("id")[:MOST]), today)


def read(lines: Sequence[Event], today: date) -> History:
    found = History()
    for line in lines:
        changes = line.changes
        if (change := changes.get("stage")) and (stage := processes.stage(change[1] or "")):
            _enter(found, stage, line, str((changes.get("stage_note") or [None, ""])[1] or ""))
        old, new = (_day(value) for value in changes.get("close_on", (None, None)))
        if old and new and new > old:
            found.pushes.append(Push(line.at, old, new))
        if "amount" in changes and line.kind == "deal.edited":
            found.amounts.append((line.at, *changes["amount"]))
    if found.stays:
        last = found.stays[-1]
        last.days = workdays.since(last.entered, today)
    return found


def _enter(found: History, stage: Stage, line: Event, note: str) -> None:
    kind, passed = "", tuple[Stage, ...]()
    if found.stays:
        before = found.stays[-1]
        before.left = line.at
        before.days = workdays.since(before.entered, timezone.localtime(line.at).date())
        if before.stage.key != stage.key:
            went = ways.way(before.stage, stage)
            kind, passed = went.kind, went.passed
    document = str(line.data.get("document", ""))
    found.stays.append(Stay(stage, line.at, line.actor, kind, note, passed=passed, document=document))


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
