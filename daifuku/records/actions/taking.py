"""A record waits in the queue of a team until one of them takes it; of two who tap at once exactly one gets it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.ledger import writing as ledger
from daifuku.records import derived
from daifuku.records.actions.editing import apply, locked, stamp
from daifuku.records.actions.saving import about, settle
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.formulas.spreading import spread
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of


def may_take(viewer: Viewer, record: Any) -> bool:
    """Nobody is in charge, and it waits for one of his team, or for anybody who may change it."""
    if (
        record.owner_id is not None
        or record.trashed_at is not None
        or not viewer.may(record.object_key, "edit")
    ):
        return False
    return record.team_id in viewer.team_ids or sees(viewer, record, "edit") or record.team_id is None


def take(record: Any, *, by: Person) -> Any:
    """Puts `by` in charge. Raises Conflict when somebody was quicker, Forbidden, NotFound.

    The record is held while it is looked at, so that the second of two finds the first in charge.
    """
    object_type, viewer = registry.of(record), viewer_of(by)
    with ledger.writing():
        held = locked(record, viewer, "view")
        if held.owner_id == viewer.pk:
            return held
        if held.owner_id is not None:
            words = {"who": held.owner}
            raise Conflict(_("%(who)sさんが先に引き受けました。") % words, code="taken", field="owner")
        if not may_take(viewer, held):
            raise Forbidden
        done = apply(held, {"owner": viewer.person}, vocabulary.fields_of(held.object_key))
        settle(object_type, held, frozenset(done), viewer)
        stamp(held)
        held.save()
        derived.keep(object_type, [held])
        object_type.follow([(held, frozenset(done))], by)
        spread(object_type, [(held, done)])
        ledger.record(
            object_type.event("edited"), by=by, about=about(object_type, held),
            data={"changes": done, "taken": True},
        )  # fmt: skip
    return held
