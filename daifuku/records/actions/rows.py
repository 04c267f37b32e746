"""Many records with values of their own each, as an import or a bulk call brings them.

One batch is one transaction, written in bulk, still a ledger line a record; a row that is refused does not hold up the
others. What is rehearsed is checked in the same way and not written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from daifuku.foundation.errors import DomainError, Forbidden, NotFound
from daifuku.foundation.sql.inserting import insert_many
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event
from daifuku.ledger.writing import Line
from daifuku.records import derived
from daifuku.records.actions.cleaning import Cleaner, Values
from daifuku.records.actions.creating import new_record
from daifuku.records.actions.editing import Changes, apply, stale
from daifuku.records.actions.saving import Filled, about, require, settle
from daifuku.records.actions.unique import Batch
from daifuku.records.actions.writing_back import before, write_back
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

Inside = Callable[[list[Any]], None]


def create_many(
    kind: str, rows: Sequence[Mapping[str, Any]], *, by: Person, inside: Inside | None = None
) -> list[Any]:
    """Registers one batch; per row the record, or the DomainError that refused it.

    `inside(results)` runs in the same transaction (an import keeps its place there).
    """
    object_type = registry.get(kind)
    cleaner, results = _made_all(object_type, rows, by)
    with ledger.writing():
        take_turn(object_type)
        records = [result for result in results if not isinstance(result, DomainError)]
        insert_many(records)
        derived.keep(object_type, records, new=True)
        object_type.follow([(record, frozenset(cleaner.fields)) for record in records], by)
        spread(object_type, [(record, None) for record in records])
        created, filled = object_type.event("created"), Filled(cleaner.fields, object_type.model)
        ledger.record_many(
            [Line(created, about(object_type, r), {"changes": filled.changes(r)}) for r in records], by=by
        )
        if inside:
            inside(results)
    return results


def rehearse_create(kind: str, rows: Sequence[Mapping[str, Any]], *, by: Person) -> list[Any]:
    """Per row the record as it would be registered, or the DomainError that refuses it; writes nothing."""
    return _made_all(registry.get(kind), rows, by)[1]


def _made_all(
    object_type: ObjectType, rows: Sequence[Mapping[str, Any]], by: Person
) -> tuple[Cleaner, list[Any]]:
    viewer = viewer_of(by)
    require(viewer, object_type, "create")
    cleaner = Cleaner(object_type, viewer)
    every_field, batch = frozenset(cleaner.fields), Batch(object_type)
    return cleaner, [_made(row, cleaner, every_field, batch, by) for row in rows]


def _made(
    row: Mapping[str, Any], cleaner: Cleaner, every_field: frozenset[str], batch: Batch, by: Person
) -> Any:
    object_type = cleaner.object_type
    try:
        record = new_record(object_type, cleaner.new(row), cleaner, by=by)
        settle(object_type, record, every_field, cleaner.viewer)
        batch.take(record)
    except DomainError as error:
        return error
    return record


@dataclass(frozen=True)
class RowChange:
    """New values for the record with this key; `undoes` is the line that they take back. With `version` the row is
    refused where somebody else saved the record in the meantime."""

    key: int
    values: Mapping[str, Any]
    undoes: Event | None = None
    version: int | None = None


def change_rows(
    kind: str, rows: Sequence[RowChange], *, by: Person, inside: Inside | None = None
) -> list[Any]:
    """Changes one batch; per row the record as saved, None where nothing differs, or the DomainError."""
    object_type, viewer = registry.get(kind), viewer_of(by)
    cleaner = Cleaner(object_type, viewer)
    cleaned = [_cleaned(cleaner, row) for row in rows]
    with ledger.writing():
        take_turn(object_type)
        records = _locked(object_type, [row.key for row in rows])
        olds = {key: before(record) for key, record in records.items()}
        results: list[Any] = []
        changed: list[Any] = []
        lines: list[Line] = []
        batch = Batch(object_type)
        for row, values in zip(rows, cleaned, strict=True):
            record = records.get(row.key)
            done = _applied(object_type, record, values, cleaner, row.version, batch)
            if isinstance(done, DomainError):
                results.append(done)
            elif not done and row.undoes is None:
                results.append(None)
            else:
                results.append(record)
                changed.append(record)
                lines.append(_line(object_type, record, done, row.undoes))
        write_back(object_type.model, ((record, olds[record.pk]) for record in changed))
        if changed:
            derived.keep(object_type, changed)
        touched = [frozenset(line.data["changes"]) for line in lines]
        object_type.follow(list(zip(changed, touched, strict=True)), by)
        spread(object_type, [(r, line.data["changes"]) for r, line in zip(changed, lines, strict=True)])
        ledger.record_many(lines, by=by)
        if inside:
            inside(results)
    return results


def rehearse_changes(kind: str, rows: Sequence[tuple[Any, Mapping[str, Any]]], *, by: Person) -> list[Any]:
    """Per (record, values) the changes `{field: [old, new]}`, or the DomainError; the records are spoilt by it."""
    object_type, viewer = registry.get(kind), viewer_of(by)
    cleaner = Cleaner(object_type, viewer)
    return [
        _applied(object_type, record, _cleaned(cleaner, RowChange(record.pk, values)), cleaner)
        for record, values in rows
    ]


def _cleaned(cleaner: Cleaner, row: RowChange) -> Values | DomainError:
    """What is taken back was clean when it was written, and may be of a field that is read-only by now."""
    if row.undoes is not None:
        return dict(row.values)
    try:
        return cleaner.changes(row.values)
    except DomainError as error:
        return error


def _locked(object_type: ObjectType, keys: Sequence[int]) -> dict[int, Any]:
    links = [f.name for f in object_type.model._meta.concrete_fields if f.is_relation]
    rows = object_type.model.plain.select_for_update(of=("self",), no_key=True).select_related(*links)
    return {record.pk: record for record in rows.filter(pk__in=keys).order_by("pk")}


def _applied(
    object_type: ObjectType,
    record: Any,
    values: Values | DomainError,
    cleaner: Cleaner,
    version: int | None = None,
    batch: Batch | None = None,
) -> Changes | DomainError:
    if refused := _refused(cleaner.viewer, record):
        return refused
    if version is not None and version != record.version:
        return stale(record, cleaner.viewer)
    if isinstance(values, DomainError):
        return values
    try:
        done = apply(record, values, cleaner.fields)
        if done:
            settle(object_type, record, frozenset(done), cleaner.viewer)
            if batch is not None:
                batch.take(record)
    except DomainError as error:
        return error
    return done


def _refused(viewer: Viewer, record: Any) -> DomainError | None:
    if record is None or record.trashed_at is not None or not sees(viewer, record, "view"):
        return NotFound()
    return None if sees(viewer, record, "edit") else Forbidden()


def _line(object_type: ObjectType, record: Any, done: Changes, undoes: Event | None) -> Line:
    return Line(object_type.event("edited"), about(object_type, record), {"changes": done}, undoes)
