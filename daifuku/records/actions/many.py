"""The many-forms: one change to thousands of records, in short transactions, still a ledger line a record.

A batch is sized so that its transaction takes at most 0.2 s: a long one would make everybody else wait (SQLite) or hold
back the ledger's readers (PostgreSQL).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from daifuku.foundation.errors import DomainError, Forbidden, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.writing import Line
from daifuku.records import derived
from daifuku.records.actions.cleaning import Cleaner
from daifuku.records.actions.editing import apply
from daifuku.records.actions.saving import about, settle
from daifuku.records.actions.writing_back import before, write_back
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

TRANSACTION_SECONDS = 0.2


@dataclass
class Outcome:
    """What became of many: how many were done, how many were already so, which were refused and why."""

    done: int = 0
    unchanged: int = 0
    refused: list[tuple[Any, DomainError]] = field(default_factory=list)


class Batches:
    """Cuts work into batches and learns from each how large the next may be.

    `seconds` is what a batch may take in all: more than its transaction where much is prepared outside.
    """

    def __init__(
        self,
        items: Iterable[Any],
        first: int = 100,
        most: int = 2000,
        *,
        seconds: float = TRANSACTION_SECONDS,
    ) -> None:
        self._items, self._size, self._most, self._seconds = iter(items), first, most, seconds

    def __iter__(self) -> Iterator[list[Any]]:
        while batch := list(islice(self._items, self._size)):
            start = time.perf_counter()
            yield batch
            took = max(time.perf_counter() - start, 1e-4)
            fitting = int(len(batch) * self._seconds * 0.8 / took)
            self._size = max(20, min(self._most, self._size * 2, fitting))


def edit_many(
    kind: str,
    keys: Iterable[int],
    changes: Mapping[str, Any],
    *,
    by: Person,
    told: Callable[[int], None] = lambda done: None,
) -> Outcome:
    """Makes the same changes to every record of `keys` that this person may edit; tells how many after each batch."""
    object_type, viewer = registry.get(kind), viewer_of(by)
    cleaner = Cleaner(object_type, viewer)
    values = cleaner.changes(changes)

    def change(record: Any) -> Line | None:
        done = apply(record, values, cleaner.fields)
        if not done:
            return None
        settle(object_type, record, frozenset(done), viewer)
        return Line(object_type.event("edited"), about(object_type, record), {"changes": done})

    return _each(object_type, keys, "edit", change, by=by, viewer=viewer, told=told)


def trash_many(
    kind: str, keys: Iterable[int], *, by: Person, told: Callable[[int], None] = lambda done: None
) -> Outcome:
    """Puts every record of `keys` that this person may delete into the trash."""
    object_type, viewer, now = registry.get(kind), viewer_of(by), moment()

    def change(record: Any) -> Line | None:
        if record.trashed_at is not None:
            return None
        object_type.need_free(record)
        record.trashed_at = now
        return Line(object_type.event("trashed"), about(object_type, record))

    return _each(object_type, keys, "delete", change, by=by, viewer=viewer, told=told)


def restore_many(
    kind: str, keys: Iterable[int], *, by: Person, told: Callable[[int], None] = lambda done: None
) -> Outcome:
    """Takes every record of `keys` out of the trash."""
    object_type, viewer = registry.get(kind), viewer_of(by)

    def change(record: Any) -> Line | None:
        if record.trashed_at is None:
            return None
        object_type.need_way_back(record)
        record.trashed_at = None
        return Line(object_type.event("restored"), about(object_type, record))

    return _each(object_type, keys, "delete", change, by=by, viewer=viewer, told=told)


def _each(
    object_type: ObjectType,
    keys: Iterable[int],
    action: str,
    change: Callable[[Any], Line | None],
    *,
    by: Person,
    viewer: Viewer,
    told: Callable[[int], None],
) -> Outcome:
    outcome = Outcome()
    for batch in Batches(keys):
        with ledger.writing():
            _batch(object_type, batch, action, change, by=by, viewer=viewer, outcome=outcome)
            told(len(batch))
    return outcome


def _batch(
    object_type: ObjectType,
    keys: Sequence[int],
    action: str,
    change: Callable[[Any], Line | None],
    *,
    by: Person,
    viewer: Viewer,
    outcome: Outcome,
) -> None:
    take_turn(object_type)
    records = (
        object_type.model.plain.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=keys)
        .order_by("pk")
    )
    changed, olds, lines = [], [], []
    for record in records:
        old = before(record)
        if refused := _refused(viewer, record, action):
            outcome.refused.append((record.pk, refused))
            continue
        try:
            line = change(record)
        except DomainError as error:
            outcome.refused.append((record.pk, error))
            continue
        if line is None:
            outcome.unchanged += 1
            continue
        changed.append(record)
        olds.append(old)
        lines.append(line)
    if changed:
        write_back(object_type.model, zip(changed, olds, strict=True))
        derived.keep(object_type, changed)
        object_type.follow(
            [(r, frozenset(line.data.get("changes", ()))) for r, line in zip(changed, lines, strict=True)], by
        )
        spread(object_type, [(r, line.data.get("changes")) for r, line in zip(changed, lines, strict=True)])
        ledger.record_many(lines, by=by)
    outcome.done += len(changed)


def _refused(viewer: Viewer, record: Any, action: str) -> DomainError | None:
    in_the_trash = record.trashed_at is not None and action == "edit"
    if in_the_trash or not sees(viewer, record, "view"):
        return NotFound()
    return None if sees(viewer, record, action) else Forbidden()
