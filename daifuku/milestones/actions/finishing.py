"""A milestone is reached, or is not after all."""

from __future__ import annotations

from datetime import date

from daifuku.milestones.models import Milestone
from daifuku.records.actions import edit
from daifuku.staff.models import Person


def finish(milestone: Milestone, *, by: Person, today: date) -> Milestone:
    """Done today; one that was done before stays as it was. Raises Forbidden, NotFound."""
    if milestone.done_on is not None:
        return milestone
    done: Milestone = edit(milestone, {"done_on": today}, by=by)
    return done


def reopen(milestone: Milestone, *, by: Person) -> Milestone:
    """Raises Forbidden, NotFound."""
    opened: Milestone = edit(milestone, {"done_on": None}, by=by)
    return opened
