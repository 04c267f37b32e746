"""Every step of a request can be taken back by whoever could take it, while what it left still stands."""

from __future__ import annotations

from datetime import date

from daifuku.foundation.errors import ChangedSince, Forbidden, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.custom_fields import retire_field
from daifuku.records.actions.powers import need_settings
from daifuku.records.models import FieldRequest
from daifuku.records.requests import asking
from daifuku.records.requests.deciding import DECISION, put_decision
from daifuku.records.requests.details import written
from daifuku.staff.models import Person


def undo_asked(event: Event, by: Person) -> Undone:
    asking.withdraw_request(_request(event), by=by, undoes=event)
    return Undone(1)


def undo_withdrawn(event: Event, by: Person) -> Undone:
    asking.ask_again(_request(event), by=by, undoes=event)
    return Undone(1)


def undo_supported(event: Event, by: Person) -> Undone:
    _need_own_support(event, by)
    asking.take_support_back(_request(event), by=by, undoes=event)
    return Undone(1)


def undo_support_taken(event: Event, by: Person) -> Undone:
    _need_own_support(event, by)
    asking.support(_request(event), by=by, undoes=event)
    return Undone(1)


def _need_own_support(event: Event, by: Person) -> None:
    """Nobody takes his own support back by undoing the line of a colleague."""
    if event.actor_id != by.pk:
        raise Forbidden


def undo_edited(event: Event, by: Person) -> Undone:
    """Puts back what still is as this line left it."""
    with ledger.writing():
        row = asking.held(_request(event), by)
        asking.need_own(row, by)
        asking.need_state(row, asking.State.OPEN)
        kept, done = [], {}
        for name, (old, new) in event.changes.items():
            if written(getattr(row, name)) != new:
                kept.append((row.pk, name))
                continue
            done[name] = [new, old]
            setattr(row, name, date.fromisoformat(old) if name == "review_on" else old)
        if not done:
            raise ChangedSince
        asking.save(row)
        asking.tell("edited", row, by, {"changes": done}, event)
    return Undone(1, kept)


def undo_decided(event: Event, by: Person) -> Undone:
    """As it stood before. A field that was made of the request is retired with it; its values stay."""
    need_settings(by)
    with ledger.writing():
        row = asking.held(_request(event), by)
        if {name: getattr(row, name) for name in DECISION} != event.data["new"]:
            raise ChangedSince
        if row.field is not None:
            retire_field(row.field, by=by)
            row.field = None
        put_decision(row, event.data["old"], by, undoes=event)
    return Undone(1)


def _request(event: Event) -> FieldRequest:
    row = FieldRequest.objects.filter(pk=event.data.get("request")).first()
    if row is None:
        raise NotFound
    return row
