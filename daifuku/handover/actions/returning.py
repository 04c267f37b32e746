"""Thousands of customers go back in batches: the lines of a hand-over that changed one person, undone many at once.

What somebody has changed since is left to `undoing.take_back_effects`, which says why it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event, Subject
from daifuku.records.actions import RowChange, change_rows
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

PIECE = 50


def return_many(begun: Event, *, by: Person, told: Callable[[int], None]) -> None:
    """Call it where the cause is the line that takes back. After a kill it finds what is left."""
    for object_type in registry.every():
        for events in _pieces(begun, object_type):
            with ledger.writing():
                rows = _rows(object_type, events, by)
                change_rows(object_type.key, rows, by=by)
                told(len(rows))


def _pieces(begun: Event, object_type: ObjectType) -> Iterator[list[Event]]:
    """The last first."""
    lines = Event.objects.filter(cause=begun, kind=object_type.event("edited"), undoes__isnull=True)
    waiting, before = lines.filter(undone_by__isnull=True).order_by("-pk"), None
    while piece := list((waiting if before is None else waiting.filter(pk__lt=before))[:PIECE]):
        yield piece
        before = piece[-1].pk


def _rows(object_type: ObjectType, events: list[Event], by: Person) -> list[RowChange]:
    """Of those whose one value still stands as the line left it."""
    fields = vocabulary.editable_for(viewer_of(by), object_type.key)
    subjects = Subject.objects.filter(event__in=events, role=Subject.MAIN)
    keys = dict(subjects.values_list("event_id", "record_id"))
    records = object_type.model.plain.in_bulk(keys.values())
    olds: dict[tuple[str, str], Any] = {}
    found: dict[int, RowChange] = {}
    for event in events:
        record, changes = records.get(keys.get(event.pk, 0)), event.changes
        if record is None or event.erased or len(changes) != 1 or record.pk in found:
            continue
        ((name, (old, new)),) = changes.items()
        if name not in fields or fields[name].json(record) != new:
            continue
        known = (name, str(old))
        if known not in olds:
            olds[known] = fields[name].type.from_json(old)
        found[record.pk] = RowChange(record.pk, {name: olds[known]}, undoes=event)
    return list(found.values())
