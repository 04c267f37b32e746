"""Into the trash and out of it; nothing is deleted for good here."""

from __future__ import annotations

from typing import Any

from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.models import Event
from daifuku.records import derived
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def trash(record: Any, *, by: Person, undoes: Event | None = None) -> Any:
    """Puts the record into the trash. Raises NotFound, Forbidden."""
    object_type, viewer = registry.of(record), viewer_of(by)
    with ledger.writing():
        record = locked(record, viewer, "delete")
        object_type.need_free(record)
        record.trashed_at = moment()
        stamp(record)
        record.save(update_fields=["trashed_at", "version", "updated_at"])
        derived.keep(object_type, [record])
        object_type.follow([(record, frozenset())], by)
        spread(object_type, [(record, None)])
        ledger.record(object_type.event("trashed"), by=by, about=about(object_type, record), undoes=undoes)
    return record


def restore(record: Any, *, by: Person, undoes: Event | None = None) -> Any:
    """Takes the record out of the trash; what is not in it stays as it is. Raises NotFound, Forbidden, Conflict."""
    object_type, viewer = registry.of(record), viewer_of(by)
    with ledger.writing():
        take_turn(object_type)
        fresh = type(record).plain.select_for_update(of=("self",), no_key=True).filter(pk=record.pk).first()
        if fresh is None or not sees(viewer, fresh, "view"):
            raise NotFound
        if not sees(viewer, fresh, "delete"):
            raise Forbidden
        if fresh.trashed_at is None:
            return fresh
        object_type.need_way_back(fresh)
        fresh.trashed_at = None
        stamp(fresh)
        fresh.save(update_fields=["trashed_at", "version", "updated_at"])
        derived.keep(object_type, [fresh])
        object_type.follow([(fresh, frozenset())], by)
        spread(object_type, [(fresh, None)])
        ledger.record(object_type.event("restored"), by=by, about=about(object_type, fresh), undoes=undoes)
    return fresh
