"""What administrator and program are told of the indexes of fields that come with the program: state, size, cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Avg, F, TextField
from django.db.models.functions import Cast, Length

from daifuku.foundation.sql.index_report import IndexFact, seconds_of_an_entry
from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.records import index_upkeep, standard_indexes
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import StandardIndex

PATIENCE = 1.0
LOOKED_AT = 1000
OF_AN_ENTRY = 32  # bytes that an entry takes besides its value, with the moment and the key, roughly


@dataclass(frozen=True)
class IndexReport:
    """`size` in bytes is worked out (`estimated`) where there is none yet, or the engine does not tell; it and `uses`
    are None where nobody knows."""

    field: Field
    state: str
    wanted: bool
    size: int | None
    estimated: bool
    uses: int | None


def report(object_type: ObjectType, facts: Mapping[str, IndexFact]) -> list[IndexReport]:
    """Of every field of this kind of record that may have one."""
    fields, found = standard_indexes.offered(object_type), index_upkeep.there()
    kept = {row.key: row for row in StandardIndex.objects.filter(object=object_type.key)}
    estimates = _estimates(object_type, fields)
    return [
        _of(field, kept.get(field.key), estimate, facts, found)
        for field, estimate in zip(fields, estimates, strict=True)
    ]


def _of(
    field: Field,
    row: StandardIndex | None,
    estimate: int | None,
    facts: Mapping[str, IndexFact],
    found: Mapping[str, int],
) -> IndexReport:
    if row is None:
        return IndexReport(field, standard_indexes.State.NONE, False, estimate, True, None)
    fact = facts.get(standard_indexes.name_of(row))
    measured = fact.size if fact else None
    size = estimate if measured is None else measured
    state = index_upkeep.state_of(row, found)
    return IndexReport(field, state, row.wanted, size, measured is None, fact.uses if fact else None)


def _estimates(object_type: ObjectType, fields: list[Field]) -> list[int | None]:
    """About how many bytes an index of each would take: from the number of records and the newest thousand of them."""
    words: dict[str, Any] = {
        f"w_{n}": Length(Cast(F(each.attribute), TextField())) for n, each in enumerate(fields)
    }
    rows = object_type.model.plain.filter(trashed_at__isnull=True)
    try:
        with at_most(PATIENCE):
            total = rows.count()
            newest = rows.order_by("-pk").annotate(**words).values(*words)[:LOOKED_AT]
            averages = newest.aggregate(**{f"a_{n}": Avg(f"w_{n}") for n in range(len(fields))})
    except TookTooLong:
        return [None] * len(fields)
    return [int(total * (float(averages[f"a_{n}"] or 0) + OF_AN_ENTRY)) for n in range(len(fields))]


@cache
def milliseconds() -> float:
    """What an index of a single value costs each save; measured once by each process, as a property of the machine."""
    return max(round(seconds_of_an_entry() * 1000, 4), 0.0001)
