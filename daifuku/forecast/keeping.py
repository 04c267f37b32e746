"""How a forecast moved: the sums as they stood each week, and what of them somebody may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from daifuku.forecast import sources
from daifuku.forecast.models import Kept, Summed
from daifuku.forecast.reading import COMMIT, Asked, Span
from daifuku.forecast.sources import OPEN_DEALS, UNCOUNTED, Source
from daifuku.foundation import calendar
from daifuku.foundation.sql.inserting import insert_rows
from daifuku.ledger import writing as ledger
from daifuku.records.models.record import scope_of_sums
from daifuku.staff.viewer import Viewer

DIMENSIONS = ("source", "month", "owner_id", "keeper_id", "team_id", "privacy", "part")
# From half a year before the week to a year and a half after it.
BACK, AHEAD, SHOWN = 6, 18, 26


@dataclass(frozen=True)
class Week:
    """What was known on that day about the months that are meant."""

    taken_on: date
    actual: int
    landing: int
    committed: int


def due() -> bool:
    """Nothing was kept in this week yet."""
    today = timezone.localdate()
    return not Kept.objects.filter(taken_on__gt=today - timedelta(days=today.weekday() + 1)).exists()


def keep_week() -> int:
    return keep(timezone.localdate())


def keep(today: date) -> int:
    """Copies the sums of the months around this day; once a day, however often it is called."""
    month = sources.first_of(today)
    begin, end = calendar.add_months(month, -BACK), calendar.add_months(month, AHEAD)
    with ledger.writing():
        if Kept.objects.filter(taken_on=today).exists():
            return 0
        rows = Summed.objects.filter(month__gte=begin, month__lte=end).order_by().values_list(*DIMENSIONS)
        counted = rows.annotate(a=Sum("amount"), w=Sum("weighted"), n=Sum("count"))
        kept = [(*row, today) for row in counted if any(row[7:])]
        insert_rows(Kept, (*DIMENSIONS, "amount", "weighted", "count", "taken_on"), kept)
    return len(kept)


def weeks(asked: Asked, viewer: Viewer) -> list[Week]:
    """The oldest first, at most half a year of them."""
    span = asked.period
    days = Kept.objects.filter(
        month__gte=span.begin, month__lte=span.end, source__in=[asked.basis.key, *asked.basis.ahead]
    )
    newest = list(days.order_by("-taken_on").values_list("taken_on", flat=True).distinct()[:SHOWN])
    if not newest:
        return []
    found = {day: [0, 0, 0] for day in newest}
    for key in (asked.basis.key, *asked.basis.ahead):
        for row in _rows(key, span, viewer, asked.whose.people, newest[-1]):
            _add(found, sources.get(key), span, row)
    return [
        Week(day, actual, actual + more, actual + sure) for day, (actual, more, sure) in sorted(found.items())
    ]


def _rows(key: str, span: Span, viewer: Viewer, people: frozenset[int] | None, since: date) -> Any:
    within = Q(source=key, month__lte=span.end, taken_on__gte=since)
    if not sources.get(key).at_once:
        within &= Q(month__gte=span.begin)
    if people is not None:
        within &= Q(owner__in=sorted(people))
    rows = Kept.objects.filter(within).filter(scope_of_sums(viewer, sources.get(key).object))
    return (
        rows.order_by().values_list("taken_on", "month", "part").annotate(a=Sum("amount"), w=Sum("weighted"))
    )


def _add(
    found: dict[date, list[int]], source: Source, span: Span, row: tuple[date, date, str, int, int]
) -> None:
    """As the page itself counts: what was to come, from the month of that day on."""
    day, month, part, amount, weighted = row
    sums, then = found.get(day), sources.first_of(day)
    if source.at_once:
        month = max(month, then)
    if sums is None or month not in span:
        return
    if source.basis:
        sums[0] += amount
    elif month >= then and part != UNCOUNTED:
        open_deals = source.key == OPEN_DEALS
        sums[1] += weighted if open_deals else amount
        sums[2] += amount if not open_deals or part in COMMIT else 0
