"""Opening a record to one more person or team, beyond what their roles reach."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from daifuku.foundation.errors import ChangedSince
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.editing import locked
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.models import Share
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import viewer_of


def shares_of(record: Any) -> QuerySet[Share]:
    """To whom it was opened, without its members."""
    rows = Share.objects.filter(object=record.object_key, record_id=record.pk, role="")
    return rows.select_related("person", "team").order_by("id")


def has_talks(record: Any) -> bool:
    """Whether there are talks and plans that follow such a record."""
    return any(
        object_key == record.object_key
        for each in registry.every()
        if each.model.shown_to_guests
        for _name, object_key in each.model.follows
    )


def share(
    record: Any,
    guest: Person | Team,
    *,
    by: Person,
    may_edit: bool = False,
    with_talks: bool = False,
    undoes: Event | None = None,
) -> Share:
    """Opens the record to `guest`, to read or also to edit; a customer also with his talks and plans, to read.

    Raises NotFound, Forbidden.
    """
    with ledger.writing():
        record = locked(record, viewer_of(by), "edit")
        found = _row(record, guest)
        before, with_talks = _word(found), with_talks and has_talks(record)
        wanted = (may_edit, with_talks)
        if found is not None and (found.may_edit, found.with_talks) == wanted and undoes is None:
            return found
        row = found or Share(object=record.object_key, record_id=record.pk, **_guest(guest))
        row.may_edit, row.with_talks = wanted
        row.save()
        _tell(record, guest, before, _word(row), by, undoes)
    return row


def unshare(record: Any, guest: Person | Team, *, by: Person, undoes: Event | None = None) -> None:
    """Closes the record to `guest` again; roles reach as before. Raises NotFound, Forbidden."""
    with ledger.writing():
        record = locked(record, viewer_of(by), "edit")
        found = _row(record, guest)
        if found is not None:
            found.delete()
            _tell(record, guest, _word(found), "", by, undoes)


def undo_shared(event: Event, by: Person) -> Undone:
    """Puts the share back as it was before this line."""
    from daifuku.records.undoing import subject_of

    record, data = subject_of(event), event.data
    guest = (Person if data["guest"] == "person" else Team).objects.filter(pk=data["guest_id"]).first()
    if guest is None or _word(_row(record, guest)) != data["new"]:
        raise ChangedSince
    if data["old"]:
        right, _plus, talks = data["old"].partition("+")
        share(record, guest, by=by, may_edit=right == "edit", with_talks=bool(talks), undoes=event)
    else:
        unshare(record, guest, by=by, undoes=event)
    return Undone(1)


def _guest(guest: Person | Team) -> dict[str, Any]:
    return {"person": guest} if isinstance(guest, Person) else {"team": guest}


def _row(record: Any, guest: Person | Team) -> Share | None:
    return shares_of(record).filter(**_guest(guest)).first()


def _word(row: Share | None) -> str:
    """As the ledger keeps it: view, edit, view+talks, edit+talks."""
    if row is None:
        return ""
    return ("edit" if row.may_edit else "view") + ("+talks" if row.with_talks else "")


def _tell(record: Any, guest: Person | Team, old: str, new: str, by: Person, undoes: Event | None) -> None:
    ledger.record(
        "share.given" if new else "share.taken", by=by, about=about(registry.of(record), record), undoes=undoes,
        data={
            "guest": "person" if isinstance(guest, Person) else "team", "guest_id": guest.pk,
            "name": str(guest), "old": old, "new": new,
        },
    )  # fmt: skip
