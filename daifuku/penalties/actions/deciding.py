"""The person objects, whoever leads him decides, with a reason; without an objection he may waive."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.duties.actions.excusing import about_duty, reason_of
from daifuku.duties.whose import manages
from daifuku.foundation.errors import Conflict, Forbidden, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.penalties.models import Entry, EntryState
from daifuku.staff.actions.changes import old_values, plain
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def object_to(entry: Entry, reason: str, *, by: Person) -> Entry:
    """Until it is decided the entry does not count. Raises Invalid, Conflict, Forbidden, NotFound."""
    words = reason_of(reason)
    with ledger.writing():
        held = _held(entry, by)
        if held.person_id != by.pk:
            raise Forbidden(_("異議を申し立てられるのは本人だけです。"))
        if held.state != EntryState.STANDS:
            raise Conflict(
                _("この記帳には異議を申し立てられません。画面を開き直してください。"), code="not_standing"
            )
        values = {"state": EntryState.OBJECTED, "objection": words, "objected_at": moment(), "decision": ""}
        _change(held, values, "penalty.objected", by)
    return held


def decide(entry: Entry, *, accept: bool, reason: str, by: Person) -> Entry:
    """The objection is accepted (the entry is waived) or not. Raises Invalid, Conflict, Forbidden, NotFound."""
    words = reason_of(reason)
    with ledger.writing():
        held = _held(entry, by)
        _need_leading(held, by)
        if held.state != EntryState.OBJECTED:
            raise Conflict(
                _("判断を待っている異議はありません。画面を開き直してください。"), code="no_objection"
            )
        state = EntryState.WAIVED if accept else EntryState.STANDS
        _change(held, {"state": state, "decision": words, "decided_by_id": by.pk}, "penalty.decided", by)
    return held


def waive(entry: Entry, reason: str, *, by: Person) -> Entry:
    """It does not count. Raises Invalid, Conflict, Forbidden, NotFound."""
    words = reason_of(reason)
    with ledger.writing():
        held = _held(entry, by)
        _need_leading(held, by)
        if held.state not in (EntryState.STANDS, EntryState.OBJECTED):
            raise Conflict(_("この記帳はすでに数えられていません。"), code="not_standing")
        values = {"state": EntryState.WAIVED, "decision": words, "decided_by_id": by.pk}
        _change(held, values, "penalty.waived", by)
    return held


def undo_change(event: Event, by: Person) -> Undone:
    with ledger.writing():
        found = Entry.objects.filter(uid=event.data["entry"]).first()
        if found is None:
            raise NotFound
        held = _held(found, by)
        if event.kind == "penalty.objected":
            if held.person_id != by.pk:
                raise Forbidden
        else:
            _need_leading(held, by)
        back = old_values(event, held)
        if back.get("objected_at"):
            back["objected_at"] = Entry._meta.get_field("objected_at").to_python(back["objected_at"])
        _change(held, back, "penalty.turned_back", by, undoes=event)
    return Undone(1)


def _held(entry: Entry, by: Person) -> Entry:
    rows = Entry.objects.visible_to(viewer_of(by)).select_for_update(of=("self",)).select_related("duty")
    found = rows.filter(pk=entry.pk).first()
    if found is None:
        raise NotFound
    return found


def _need_leading(entry: Entry, by: Person) -> None:
    if not manages(viewer_of(by), entry.person_id):
        raise Forbidden(_("判断できるのは、その人の上司だけです。"))


def _change(entry: Entry, values: dict[str, Any], kind: str, by: Person, undoes: Event | None = None) -> None:
    old = {name: getattr(entry, name) for name in values}
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save(update_fields=[name.removesuffix("_id") for name in values])
    changes = {name: [plain(old[name]), plain(value)] for name, value in values.items()}
    about = [About("person", entry.person_id), *(about_duty(entry.duty) if entry.duty else [])]
    why = next((str(values[name]) for name in ("decision", "objection") if values.get(name)), "")
    data = {"entry": str(entry.uid), "changes": changes, "why": why}
    ledger.record(kind, by=by, about=about, data=data, undoes=undoes)
