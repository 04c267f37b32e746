"""Gives a field that comes with the program an index, or takes it away."""

from __future__ import annotations

from daifuku.foundation.errors import ChangedSince, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records import index_upkeep, standard_indexes
from daifuku.records.actions.custom_fields import known_object
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue.field import Field
from daifuku.records.models import StandardIndex
from daifuku.staff.models import Person

AGAIN = {standard_indexes.State.FAILED, index_upkeep.MISSING}


def index_standard(object_key: str, key: str, *, on: bool, by: Person, undoes: Event | None = None) -> None:
    """A job builds it; one that failed or is gone is built again. Raises Forbidden, NotFound."""
    need_settings(by)
    field = _field(object_key, key)
    with ledger.writing():
        row = StandardIndex.objects.select_for_update().filter(object=object_key, key=key).first()
        row = row or StandardIndex(object=object_key, key=key, wanted=False)
        again = on and index_upkeep.told_of(row) in AGAIN
        if row.wanted == on and undoes is None and not again:
            return
        if row.wanted != on or undoes is not None:
            data = {
                "object": object_key,
                "key": key,
                "name": str(field.label),
                "changes": {key: [row.wanted, on]},
            }
            ledger.record("index.switched", by=by, undoes=undoes, data=data)
        row.wanted = on
        standard_indexes.bring_about(row, field.name, by=by)


def undo_switched(event: Event, by: Person) -> Undone:
    object_key, key = event.data["object"], event.data["key"]
    _before, after = event.changes[key]
    now = StandardIndex.objects.filter(object=object_key, key=key, wanted=True).exists()
    if now != after:
        raise ChangedSince
    index_standard(object_key, key, on=not after, by=by, undoes=event)
    return Undone(1)


def _field(object_key: str, key: str) -> Field:
    for field in standard_indexes.offered(known_object(object_key)):
        if field.key == key:
            return field
    raise NotFound
