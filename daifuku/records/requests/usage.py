"""Which fields are used: how many records have them filled, when one was last entered, what is built on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.conditions.families import family_of
from daifuku.records.conditions.operator import Target
from daifuku.records.models import CustomField, FieldUsage
from daifuku.staff.models import Person

PATIENCE = 1.5
# Of more records nobody waits for the page to count them while there are figures of last night.
MANY = 100_000
LINES = 2000
MOST_LINES = 200_000
COUNTING = "records.field_usage"


@dataclass(frozen=True)
class Entries:
    """When a value was last entered, by key; the lines were read up to `up_to`, back to `back_to` (None: all)."""

    found: dict[str, datetime] = field(default_factory=dict)
    up_to: int = 0
    back_to: datetime | None = None


@dataclass(frozen=True)
class Figures:
    """`counted_at` is None for what was counted just now; `total` is None where nobody has counted yet."""

    total: int | None
    filled: Mapping[str, int]
    entries: Entries
    counted_at: datetime | None = None


def figures(object_key: str) -> Figures:
    """Exact and of now where that is quick; else as it was counted last (every night)."""
    kept = FieldUsage.objects.filter(object=object_key).first()
    entries = merged(kept, read_entries(object_key, kept.read_up_to if kept else 0))
    if kept is not None and kept.total >= MANY:
        return Figures(kept.total, kept.filled, entries, kept.counted_at)
    try:
        with at_most(PATIENCE):
            total, filled = count(object_key)
    except TookTooLong:
        if kept is None:
            return Figures(None, {}, entries)
        return Figures(kept.total, kept.filled, entries, kept.counted_at)
    return Figures(total, filled, entries)


def count(object_key: str) -> tuple[int, dict[str, int]]:
    """All records and, by key, those in which a field is filled: one walk over the table, without the trash."""
    fields = {key: each for key, each in vocabulary.fields_of(object_key).items() if can_be_counted(each)}
    wanted = {f"n_{place}": Count("pk", filter=~_empty(each)) for place, each in enumerate(fields.values())}
    rows = registry.get(object_key).model.plain.filter(trashed_at__isnull=True)
    counted = rows.aggregate(n=Count("pk"), **wanted)
    return counted["n"], {key: counted[f"n_{place}"] for place, key in enumerate(fields)}


def can_be_counted(each: Field) -> bool:
    """Whether somebody fills it: what the program writes by itself is always there."""
    return bool(each.editable or each.computed) and "empty" in each.type.operators


def _empty(each: Field) -> Q:
    family = family_of(each)
    nobody: Any = None  # what is empty is so for everybody on every day
    return family.empty_q(Target(each, family.expression("")), None, nobody)


def read_entries(object_key: str, after: int = 0, most: int = LINES) -> Entries:
    """When values were entered, from the newest lines of the ledger backwards: at most so many of each kind."""
    found: dict[str, datetime] = {}
    up_to, back_to = after, None
    for kind in entering(object_key):
        for number, (pk, at, data) in enumerate(_lines(kind, after, most + 1)):
            if number == most:
                back_to = max(back_to or at, at)
                break
            up_to = max(up_to, pk)
            _note(found, at, data)
    return Entries(found, up_to, back_to)


def _lines(kind: str, after: int, most: int) -> Iterator[tuple[int, datetime, dict[str, Any]]]:
    """Newest first, a portion at a time."""
    lines = Event.objects.filter(kind=kind, pk__gt=after).order_by("-pk").values_list("pk", "at", "data")
    portion: list[Any] = list(lines[: min(most, LINES + 1)])
    while portion:
        yield from portion
        most -= len(portion)
        portion = list(lines.filter(pk__lt=portion[-1][0])[: min(most, LINES)]) if most > 0 else []


def entering(object_key: str) -> tuple[str, str]:
    """The kinds of lines that tell of values."""
    return f"{object_key}.created", f"{object_key}.edited"


def _note(found: dict[str, datetime], at: datetime, data: Mapping[str, Any]) -> None:
    for key, pair in (data.get("changes") or {}).items():
        if isinstance(pair, list) and pair[-1] not in (None, "", [], {}):
            found[key] = max(at, found.get(key, at))


def anew(object_key: str) -> None:
    """Counts, however long it takes, and keeps what was counted."""
    total, filled = count(object_key)
    kept = FieldUsage.objects.filter(object=object_key).first()
    fresh = read_entries(object_key, kept.read_up_to if kept else 0, MOST_LINES)
    entries = merged(kept, fresh)
    with ledger.writing():
        FieldUsage.objects.update_or_create(
            object=object_key,
            defaults={
                "total": total, "filled": filled, "counted_at": timezone.now(), "read_up_to": entries.up_to,
                "entered": {key: at.isoformat() for key, at in entries.found.items()},
                "read_back_to": entries.back_to,
            },
        )  # fmt: skip


def merged(kept: FieldUsage | None, fresh: Entries) -> Entries:
    """What was read last, and what has come since."""
    if kept is None:
        return fresh
    found = {key: datetime.fromisoformat(at) for key, at in kept.entered.items()} | fresh.found
    return Entries(found, fresh.up_to, fresh.back_to or kept.read_back_to)


def run(running: Any) -> None:
    """The job: one kind of record after the other; begun again after a kill it counts the one it was at anew."""
    running.expect(len(registry.every()))
    for each in registry.every()[running.state.get("done", 0) :]:
        anew(each.key)
        with ledger.writing():
            running.state["done"] = running.state.get("done", 0) + 1
            running.advance()
    running.result["url"] = reverse("records:field_usage")


def count_anew(*, by: Person | None) -> Job:
    """Puts the job into the queue, or finds the one that waits there. Raises Forbidden."""
    if by is not None:
        need_settings(by)
    waiting = Job.objects.filter(kind=COUNTING, state__in=Job.OPEN).first()
    return waiting or queue.enqueue(COUNTING, {}, by=by, title=_("項目の利用状況を数える"))


def count_at_night() -> None:
    count_anew(by=None)


def anything_to_count() -> bool:
    """Only where the page itself would take too long: it has no figures to show then."""
    return CustomField.objects.filter(retired_at__isnull=True).exists()
