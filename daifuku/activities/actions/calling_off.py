"""What does not happen as planned says so, and why: it is called off, or put off to another day."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from daifuku.activities.actions.turning import held_open, turn
from daifuku.activities.models import Plan
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.records.catalogue.types import DateTime, Refused
from daifuku.staff.models import Person


def cancel(plan: Plan, reason: str, *, by: Person) -> Plan:
    """It will not happen. Raises Invalid, Conflict (it is over already), Forbidden, NotFound."""
    words = reason_of(reason)
    with ledger.writing():
        plan = held_open(plan, by)
        turn(plan, {"state": "cancelled", "reason": words}, "plan.cancelled", by=by)
    return plan


def postpone(plan: Plan, to: datetime | str | None, reason: str, *, by: Person) -> Plan:
    """It will happen at another time, as long as planned; the one that did not hold stays visible.

    Raises Invalid, Conflict (it is over already), Forbidden, NotFound.
    """
    words, start = reason_of(reason), moment_of(to)
    with ledger.writing():
        plan = held_open(plan, by)
        if start == plan.started_at:
            sentence = _("前と同じ日時です。新しい日時を入力してください。")
            raise Invalid([FieldProblem("started_at", sentence, code="same")])
        length = plan.ended_at - plan.started_at if plan.ended_at else None
        values = {
            "state": "postponed", "reason": words, "postponed_from": plan.started_at, "started_at": start,
            "ended_at": start + length if length is not None else None,
        }  # fmt: skip
        turn(plan, values, "plan.postponed", by=by)
    return plan


def reason_of(raw: str) -> str:
    """Why, as it was typed. Raises Invalid where nobody says it."""
    words = clean_text(raw or "")[:200].strip()
    if not words:
        raise Invalid([FieldProblem("reason", _("理由を入力してください。"), code="required")])
    return words


def moment_of(raw: datetime | str | None) -> datetime:
    """A new time as it was typed. Raises Invalid, also where there is none."""
    try:
        start = DateTime().clean(raw)
    except Refused as error:
        raise Invalid([FieldProblem("started_at", error.message, code=error.code)]) from error
    if start is None:
        raise Invalid([FieldProblem("started_at", _("新しい日時を入力してください。"), code="required")])
    return start
