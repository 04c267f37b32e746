"""Indexes that an administrator had made and that are gone, or made as an older version did: they are made anew.

A migration that rebuilds a table on SQLite keeps only the indexes that the program itself says the table has. Nothing
tells of it, so what is promised is compared with what is there: after migrations, at every start, every ten minutes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from daifuku.foundation.sql.indexes_there import columns_by_name
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.records import indexing, standard_indexes
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.models import CustomField, StandardIndex

State = CustomField.IndexState
MISSING = "missing"
Row = CustomField | StandardIndex


def mend() -> None:
    """Puts a job into the queue for each; who looks meanwhile is told that it is being built."""
    if not anything_broken():
        return
    with ledger.writing():
        for row in _broken(_promised(lock=True)):
            if isinstance(row, CustomField):
                indexing.renew(row, by=None)
            else:
                standard_indexes.bring_about(row, standard_indexes.label_of(row), by=None)
        vocabulary.changed()


def anything_broken() -> bool:
    """Asks two small tables, and the engine's own list where one of them has a row."""
    return any(True for _row in _broken(_promised()))


def there() -> dict[str, int]:
    """What stands in the database: the name of each of these indexes, and of how many columns it is made."""
    return columns_by_name(indexing.NAMES) | columns_by_name(standard_indexes.NAMES)


def state_of(row: Row, found: Mapping[str, int]) -> str:
    """As people are told: an index that is said to be there and is not is `missing`."""
    state = row.index_state if isinstance(row, CustomField) else row.state
    return MISSING if state == State.READY and not _is_there(row, found) else state


def told_of(row: Row) -> str:
    """The same where only one is asked for."""
    return state_of(row, there())


def _promised(*, lock: bool = False) -> list[Row]:
    """What somebody wants and was told he has, or that it is being built."""
    kept = [State.READY, State.BUILDING]
    own = CustomField.objects.filter(indexed=True, retired_at__isnull=True, index_state__in=kept)
    standard = StandardIndex.objects.filter(wanted=True, state__in=kept)
    if lock:
        own, standard = own.select_for_update(), standard.select_for_update()
    known = {each.key for each in registry.every()}
    return [
        *(row for row in own if row.object in known and indexing.wanted(row)),
        *(row for row in standard if row.object in known and standard_indexes.label_of(row)),
    ]


def _broken(rows: Collection[Row]) -> Iterator[Row]:
    if not rows:
        return
    found, at_work = there(), _at_work()
    for row in rows:
        state = state_of(row, found)
        if state == MISSING or (state == State.BUILDING and _work_on(row) not in at_work):
            yield row


def _is_there(row: Row, found: Mapping[str, int]) -> bool:
    if isinstance(row, CustomField):
        return indexing.is_there(row, found)
    return standard_indexes.name_of(row) in found


def _at_work() -> set[tuple[str, Any]]:
    """What open jobs are about; one that was cancelled or lost in a restored backup builds nothing."""
    jobs = Job.objects.filter(state__in=Job.OPEN, kind__in=[indexing.JOB, standard_indexes.JOB])
    return {
        (kind, payload.get("field", payload.get("index")))
        for kind, payload in jobs.values_list("kind", "payload")
    }


def _work_on(row: Row) -> tuple[str, Any]:
    return (indexing.JOB if isinstance(row, CustomField) else standard_indexes.JOB, row.pk)
