"""A whole set of milestones at once, reckoned from the days of a deal or an order; taken back as one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.milestones.anchors import reckoned
from daifuku.milestones.models import Milestone
from daifuku.milestones.plans import Plan
from daifuku.records.actions import create_many
from daifuku.records.actions.editing import locked
from daifuku.records.catalogue import registry
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def lay_out(record: Any, plan: Plan, *, by: Person, today: date) -> Event:
    """The milestones of the plan; what has the same name there already is left out. Raises Conflict, Invalid,
    Forbidden, NotFound."""
    with ledger.writing():
        record = locked(record, viewer_of(by), "edit")
        rows = Milestone.plain.filter(**{record.object_key: record}, trashed_at__isnull=True)
        have = set(rows.values_list("name", flat=True))
        steps = [step for step in plan.steps if step.name not in have]
        if not steps:
            raise Conflict(_("この商談・受注には、このひな型の節目がもうあります。"), code="there")
        title = _("「%(plan)s」の節目") % {"plan": plan.name}
        event = ledger.record(
            registry.get("milestone").event("bulk_edited"), by=by,
            data={"title": title, "name": str(record), "count": len(steps)},
        )  # fmt: skip
        with through(cause=event):
            made = create_many("milestone", [_values(record, step, today) for step in steps], by=by)
        problems = [each for each in made if isinstance(each, Exception)]
        if problems:
            first = problems[0]
            raise first if isinstance(first, Invalid) else problems[0]
        for step, milestone in zip(steps, made, strict=True):
            Milestone.plain.filter(pk=milestone.pk).update(anchor=step.anchor, days=step.days)
    return event


def _values(record: Any, step: Any, today: date) -> dict[str, Any]:
    return {
        record.object_key: record, "name": step.name, "due_on": reckoned(record, step.anchor, step.days, today),
        "roles": list(step.roles), "before": step.before, "owner": record.owner,
    }  # fmt: skip
