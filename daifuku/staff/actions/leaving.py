"""Somebody leaves the firm (退職), or comes back."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.staff.actions import rights
from daifuku.staff.actions.changes import fresh
from daifuku.staff.actions.people import subject_of
from daifuku.staff.credentials import revoke_everything
from daifuku.staff.models import Person


def leave(person: Person, *, on: date, successor: Person | None = None, by: Person) -> Event:
    """Closes the person's access at once, on all devices and for all tokens.

    What he was in charge of stays his until it is handed over; the line names the successor for whoever does that.
    """
    viewer = rights.need(by)
    if person.pk == by.pk:
        raise Conflict(_("ご自身を退職にすることはできません。ほかの管理者に依頼してください。"), code="self")
    if rights.powers_of(person.roles.all()) - rights.powers_of(viewer.roles):
        raise Forbidden(_("この人はあなたより強い権限を持っているため、退職にできません。"))
    if successor and (successor.pk == person.pk or not successor.is_active):
        raise Invalid([FieldProblem("successor", _("後任には、在籍しているほかの人を選んでください。"))])
    with rights.changing():
        stored = fresh(person)
        if not stored.is_active:
            raise Conflict(_("すでに退職になっています。"), code="already_left")
        _set_active(person, stored, active=False, left_on=on)
        revoke_everything(person)
        about = [ledger.About("person", person.pk)]
        if successor:
            about.append(ledger.About("person", successor.pk, "related"))
        data = {"left_on": on.isoformat(), "successor": successor.pk if successor else None}
        return ledger.record("person.left", by=by, about=about, data=data)


def come_back(person: Person, *, by: Person, undoes: Event | None = None) -> Event:
    """Lets somebody in again, with the roles and teams that he had."""
    viewer = rights.need(by)
    rights.no_climbing(viewer, rights.powers_of(person.roles.all()))
    with ledger.writing():
        stored = fresh(person)
        if stored.is_active:
            raise Conflict(_("この人は在籍しています。"), code="not_left")
        _set_active(person, stored, active=True, left_on=None)
        about = [ledger.About("person", person.pk)]
        return ledger.record("person.returned", by=by, about=about, undoes=undoes)


def undo_left(event: Event, by: Person) -> Undone:
    come_back(subject_of(event), by=by, undoes=event)
    return Undone(1)


def _set_active(person: Person, stored: Person, *, active: bool, left_on: date | None) -> None:
    stored.is_active, stored.left_on = active, left_on
    stored.save(update_fields=["is_active", "left_on"])
    person.is_active, person.left_on = active, left_on
