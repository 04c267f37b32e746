"""A plan was carried out: it becomes the talk, and leads to the next plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daifuku.activities.actions.turning import held_open, turn
from daifuku.activities.models import Plan, Talk
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment, through
from daifuku.records.actions import create
from daifuku.staff.models import Person

# What the talk, and the plan that follows, take over where nothing else is said.
TAKEN = ("account", "contact", "lead", "deal", "method", "owner")
NEXT = "next."


def finish(
    plan: Plan,
    values: Mapping[str, Any],
    *,
    by: Person,
    uid: Any = None,
    following: Mapping[str, Any] | None = None,
) -> Talk:
    """The talk that the plan became, made of `values`; and the next plan where there is anything in `following`.

    One undo takes all of it back. Raises Invalid (fields of the next plan are named `next.subject`), Conflict (the plan
    is over already, or the uid is taken), Forbidden, NotFound.
    """
    with ledger.writing():
        plan = held_open(plan, by)
        taken = {name: getattr(plan, name) for name in TAKEN}
        start = {"subject": plan.subject, "started_at": min(plan.started_at, moment())}
        talk: Talk = create("talk", {**taken, **start, **values}, by=by, uid=uid)
        talk.plan = plan
        talk.save(update_fields=["plan"])
        line = turn(plan, {"state": "done", "talk": talk}, "plan.finished", by=by)
        if following and any(following.values()):
            with through(cause=line):
                _plan_next({**taken, **following}, by)
    return talk


def _plan_next(values: Mapping[str, Any], by: Person) -> None:
    try:
        create("plan", values, by=by)
    except Invalid as error:
        problems = [
            FieldProblem(f"{NEXT}{each.field}", each.message, code=each.code) for each in error.problems
        ]
        raise Invalid(problems) from error
