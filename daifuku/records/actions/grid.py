"""What somebody typed into a grid: changed rows and new ones, each saved or refused for itself, undone together."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.errors import DomainError, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records.actions.rows import RowChange, change_rows, create_many
from daifuku.records.catalogue import registry
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

BATCH = 100


@dataclass(frozen=True)
class GridRow:
    """`number` is the row's place in the grid; without a `uid` it is a new record."""

    number: int
    values: Mapping[str, Any]
    uid: uuid.UUID | None = None
    version: int | None = None


@dataclass
class Saved:
    """For each row by its number the record, or the DomainError that refused it; `event` takes all of it back."""

    results: dict[int, Any]
    event: Event | None = None


class _NothingDone(Exception):
    """No row of the batch was saved, so the line that was to be their cause is not written either."""


def save_rows(kind: str, rows: Sequence[GridRow], *, by: Person) -> Saved:
    """Writes in batches, each a short transaction; one line of the ledger is the cause of all others."""
    saved = Saved({})
    known = _known(kind, rows, by)
    changes = [row for row in rows if row.uid is not None and row.uid in known]
    for row in rows:
        if row.uid is not None and row.uid not in known:
            saved.results[row.number] = NotFound()

    def change(part: Sequence[GridRow]) -> list[Any]:
        wanted = [RowChange(known[row.uid].pk, row.values, version=row.version) for row in part if row.uid]
        done = change_rows(kind, wanted, by=by)
        return [known[row.uid] if result is None else result for row, result in zip(part, done, strict=True)]

    def create(part: Sequence[GridRow]) -> list[Any]:
        return create_many(kind, [row.values for row in part], by=by)

    _in_batches(kind, changes, change, saved, len(rows), by)
    _in_batches(kind, [row for row in rows if row.uid is None], create, saved, len(rows), by)
    return saved


def _known(kind: str, rows: Sequence[GridRow], by: Person) -> dict[uuid.UUID | None, Any]:
    visible = registry.get(kind).model.objects.visible_to(viewer_of(by))
    return {record.uid: record for record in visible.filter(uid__in=[row.uid for row in rows if row.uid])}


def _in_batches(
    kind: str,
    rows: Sequence[GridRow],
    work: Callable[[Sequence[GridRow]], list[Any]],
    saved: Saved,
    count: int,
    by: Person,
) -> None:
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        try:
            with ledger.writing():
                event = saved.event or _line(kind, count, by)
                with through(cause=event):
                    results = work(part)
                saved.results |= {row.number: result for row, result in zip(part, results, strict=True)}
                if all(isinstance(result, DomainError) for result in results):
                    raise _NothingDone
                saved.event = event
        except _NothingDone:
            pass
        except DomainError as error:
            saved.results |= {row.number: error for row in part}


def _line(kind: str, count: int, by: Person) -> Event:
    object_type = registry.get(kind)
    title = _("%(object)sを表で編集") % {"object": object_type.name}
    return ledger.record(
        object_type.event("bulk_edited"), by=by, data={"title": title, "name": "", "count": count}
    )
