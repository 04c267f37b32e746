"""A plan is put on another day or hour of one's own schedule: nothing was called off, so nobody asks why."""

from __future__ import annotations

from datetime import datetime

from daifuku.activities.actions.calling_off import moment_of
from daifuku.activities.actions.turning import held_open, turn
from daifuku.activities.models import Plan
from daifuku.foundation.errors import Forbidden
from daifuku.ledger import writing as ledger
from daifuku.records.actions import edit
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def move(plan: Plan, to: datetime | str | None, *, by: Person, owner: Person | None = None) -> Plan:
    """It begins at `to` and is as long as before; to where it stands already it is not moved, and no line is written.
    Put among those of somebody else (`owner`) it is his: that is an edit like any other, of which he is told.

    Raises Invalid, Conflict (it is over already), Forbidden, NotFound.
    """
    start = moment_of(to)
    with ledger.writing():
        plan = held_open(plan, by)
        if "started_at" not in vocabulary.editable_for(viewer_of(by), "plan"):
            raise Forbidden
        length = plan.ended_at - plan.started_at if plan.ended_at else None
        end = start + length if length is not None else None
        if owner is not None and owner.pk != plan.owner_id:
            moved: Plan = edit(plan, {"started_at": start, "ended_at": end, "owner": owner}, by=by)
            return moved
        if start == plan.started_at:
            return plan
        turn(plan, {"started_at": start, "ended_at": end}, "plan.moved", by=by)
    return plan
