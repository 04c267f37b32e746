"""Where a plan stands in the hours of a day: from which quarter, how long, and beside which others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from daifuku.activities.showing import Line

QUARTER = timedelta(minutes=15)
QUARTERS = 96
# A plan without an end is drawn as an hour; a short one stays high enough to be read and pressed.
USUAL, LEAST = timedelta(hours=1), 2
LANES = 6


@dataclass(frozen=True)
class Block:
    """A plan on one day. `lane` of `lanes` side by side; `whole` where it fills more than that day."""

    line: Line
    start: datetime
    end: datetime | None
    since: int = 0
    long: int = 0
    lane: int = 0
    lanes: int = 1
    whole: bool = False

    @property
    def record(self) -> Any:
        return self.line.record

    @property
    def at(self) -> str:
        return f"{self.start:%Y-%m-%dT%H:%M}"


def blocks_of(line: Line, days: Iterable[date]) -> Iterable[tuple[date, Block]]:
    """A block for each of the days that the plan touches."""
    plan = line.record
    start, end = timezone.localtime(plan.started_at), plan.ended_at and timezone.localtime(plan.ended_at)
    until = end or start + USUAL
    for day in days:
        midnight = datetime.combine(day, time(), start.tzinfo)
        following = midnight + timedelta(days=1)
        if start >= following or (until <= midnight and start < midnight):
            continue
        since = max(0, (start - midnight) // QUARTER)
        last = min(QUARTERS, -((midnight - until) // QUARTER))
        long = max(LEAST, last - since)
        since = min(since, QUARTERS - long)
        whole = start.date() != day or (end is not None and until > following)
        yield day, Block(line, start, end, since, long, whole=whole)


def side_by_side(blocks: Sequence[Block]) -> list[Block]:
    """Blocks that overlap share the width of their day."""
    placed: list[Block] = []
    crowd: list[Block] = []
    until = 0
    for block in sorted(blocks, key=lambda each: (each.since, -each.long, each.record.pk)):
        if crowd and block.since >= until:
            placed += _shared(crowd)
            crowd = []
        crowd.append(block)
        until = max(until if len(crowd) > 1 else 0, block.since + block.long)
    return placed + _shared(crowd)


def _shared(crowd: Sequence[Block]) -> list[Block]:
    """Each takes the first lane that is free again; beyond the last lane they lie on one another."""
    free: list[int] = []
    lanes = []
    for block in crowd:
        lane = next((lane for lane, until in enumerate(free) if until <= block.since), len(free))
        if lane == len(free) and lane < LANES:
            free.append(0)
        lane = min(lane, LANES - 1)
        free[lane] = block.since + block.long
        lanes.append(lane)
    return [replace(block, lane=lane, lanes=len(free)) for block, lane in zip(crowd, lanes, strict=True)]
