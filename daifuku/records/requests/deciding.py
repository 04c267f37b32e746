"""Whoever keeps the fields decides on a request: approves it, declines it with a reason, makes the field of it."""

from __future__ import annotations

from typing import Any

from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.models import Event
from daifuku.records.actions import choices
from daifuku.records.actions.custom_fields import add_field
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue.types import KINDS, Choice
from daifuku.records.models import CustomField, FieldRequest
from daifuku.records.requests.asking import State, held, need_state, save, tell
from daifuku.records.requests.details import clean_reason
from daifuku.records.requests.reviewing import set_review
from daifuku.staff.models import Person

DECISION = ("state", "reason", "decided_by_id")


def approve_request(request: FieldRequest, *, by: Person) -> FieldRequest:
    """The field may be made. Raises Forbidden, Conflict, NotFound."""
    return _decide(request, State.APPROVED, "", by, (State.OPEN,))


def decline_request(request: FieldRequest, reason: str, *, by: Person) -> FieldRequest:
    """Not now, and why. Raises Invalid (no reason), Forbidden, Conflict, NotFound."""
    need_settings(by)
    return _decide(request, State.DECLINED, clean_reason(reason), by, (State.OPEN, State.APPROVED))


def reopen_request(request: FieldRequest, *, by: Person) -> FieldRequest:
    """Decided too early: it waits once more. Raises Forbidden, Conflict, NotFound."""
    return _decide(request, State.OPEN, "", by, (State.APPROVED, State.DECLINED))


def make_field(request: FieldRequest, type: str, label: str, *, by: Person, **details: Any) -> CustomField:
    """The field that was asked for, with its choices and the day on which it is looked at again; closes the request.

    `details` are those of `add_field`. Raises Invalid, Forbidden, Conflict (also: the name is taken), NotFound.
    """
    need_settings(by)
    with ledger.writing():
        row = held(request, by)
        need_state(row, State.OPEN, State.APPROVED)
        field = add_field(row.object, type, label, by=by, **details)
        if issubclass(KINDS[type], Choice):
            for each in row.choices:
                choices.add_choice(field.object, field.key, each, by=by)
        field = set_review(field, row.review_on, by=by)
        row.field = field
        put_decision(row, {"state": State.DONE, "reason": "", "decided_by_id": by.pk}, by, "done")
    return field


def _decide(
    request: FieldRequest, state: str, reason: str, by: Person, before: tuple[str, ...]
) -> FieldRequest:
    need_settings(by)
    with ledger.writing():
        row = held(request, by)
        if (row.state, row.reason) != (state, reason):
            need_state(row, *before)
            decided_by = None if state == State.OPEN else by.pk
            put_decision(row, {"state": state, "reason": reason, "decided_by_id": decided_by}, by)
    return row


def put_decision(
    row: FieldRequest, new: dict[str, Any], by: Person, what: str = "", undoes: Event | None = None
) -> None:
    """Writes what was decided, with what stood there before, so that it can be put back."""
    old = {name: getattr(row, name) for name in DECISION}
    for name, value in new.items():
        setattr(row, name, value)
    row.decided_at = moment() if row.decided_by_id else None
    save(row)
    what = what or ("reopened" if row.state == State.OPEN else row.state)
    more = {"old": old, "new": new, "field": row.field_id}
    tell(what, row, by, more | ({"reason": row.reason} if row.reason else {}), undoes)
