"""What could not be entered in time for a good reason does not count: the person says why, who leads him decides."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.duties.judging import judge
from daifuku.duties.models import Duty, State
from daifuku.duties.whose import manages
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records.catalogue import registry
from daifuku.staff.actions.changes import old_values, plain
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

LONGEST = 300


def excuse(duty: Duty, reason: str, *, by: Person | None) -> Duty:
    """It does not count, for this reason; it may still be done. By whoever leads the person; None is the program.

    Raises Invalid (no reason), Conflict (it was in time, or is excused already), Forbidden, NotFound.
    """
    words = reason_of(reason)
    with ledger.writing():
        held = held_for(duty, by)
        if by is not None and not manages(viewer_of(by), held.owner_id):
            raise Forbidden(
                _("免除できるのは、その人の上司だけです。ご自分の分は「理由を申し出る」を使ってください。")
            )
        if held.state in (State.ON_TIME, State.EXCUSED):
            raise Conflict(_("期限内に入力済みか、すでに免除されています。"), code="nothing_to_excuse")
        change(held, {"state": State.EXCUSED, "reason": words, "excused_by_id": by and by.pk, "declined": ""},
               "duty.excused", by)  # fmt: skip
    return held


def plead(duty: Duty, reason: str, *, by: Person) -> Duty:
    """The person himself says why he could not; until somebody decides, it counts as it stands.

    Raises Invalid, Conflict (nothing is wrong with it), Forbidden (it is somebody else's), NotFound.
    """
    words = reason_of(reason)
    with ledger.writing():
        held = held_for(duty, by)
        if by.pk not in {held.owner_id, held.substitute_id}:
            raise Forbidden
        if held.state in (State.ON_TIME, State.EXCUSED):
            raise Conflict(_("期限内に入力済みか、すでに免除されています。"), code="nothing_to_excuse")
        change(held, {"plea": words, "pleaded_at": moment(), "declined": ""}, "duty.pleaded", by)
    return held


def decline(duty: Duty, reason: str, *, by: Person) -> Duty:
    """The reason that the person gave is not accepted; he is told why.

    Raises Invalid, Conflict, Forbidden, NotFound.
    """
    words = reason_of(reason)
    with ledger.writing():
        held = held_for(duty, by)
        if not manages(viewer_of(by), held.owner_id):
            raise Forbidden
        if held.pleaded_at is None:
            raise Conflict(_("申し出がないか、すでに判断されています。"), code="no_plea")
        change(held, {"declined": words, "pleaded_at": None}, "duty.declined", by)
    return held


def reason_of(raw: str) -> str:
    """Raises Invalid where nobody says why."""
    words = clean_text(raw or "")
    if not words:
        raise Invalid([FieldProblem("reason", _("理由を入力してください。"), code="required")])
    if len(words) > LONGEST:
        raise Invalid([FieldProblem("reason", _("300文字以内で入力してください。"), code="too_long")])
    return words


def held_for(duty: Duty, by: Person | None) -> Duty:
    """The duty as it stands now, held until the transaction ends. Raises NotFound for whoever may not see it."""
    rows = Duty.objects.select_for_update().filter(pk=duty.pk)
    if by is not None:
        rows = rows.visible_to(viewer_of(by))
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def change(
    duty: Duty, values: dict[str, Any], kind: str, by: Person | None, undoes: Event | None = None
) -> Event:
    """Puts the values on a duty that is held and writes the line, about the record that the duty is about as well."""
    old = {name: getattr(duty, name) for name in values}
    for name, value in values.items():
        setattr(duty, name, value)
    duty.save(update_fields=[name.removesuffix("_id") for name in values])
    about = [About("person", duty.owner_id), *about_duty(duty)]
    changes = {name: [plain(old[name]), plain(value)] for name, value in values.items()}
    data = {"duty": str(duty.uid), "changes": changes, "why": _why(values)}
    return ledger.record(kind, by=by, about=about, data=data, undoes=undoes)


def undo_change(event: Event, by: Person) -> Undone:
    """Everything stands as before the line, if nobody has changed it since."""
    with ledger.writing():
        duty = held_for(_named(event), by)
        viewer = viewer_of(by)
        if by.pk not in {duty.owner_id, event.actor_id} and not manages(viewer, duty.owner_id):
            raise Forbidden
        if event.kind in {"duty.excused", "duty.declined"} and not manages(viewer, duty.owner_id):
            raise Forbidden
        back = {name: _value(name, old) for name, old in old_values(event, duty).items()}
        if back.get("state") == State.OPEN:
            back["state"] = judge(duty)
        change(duty, back, "duty.turned_back", by, undoes=event)
    return Undone(1)


def _named(event: Event) -> Duty:
    found = Duty.objects.filter(uid=event.data["duty"]).first()
    if found is None:
        raise NotFound
    return found


def about_duty(duty: Duty) -> list[About]:
    """Whoever erases the customer takes the reasons out of these lines as well."""
    from daifuku.records.actions.saving import about

    if not duty.subject_object or duty.subject_id is None:
        return []
    object_type = registry.get(duty.subject_object)
    record = object_type.model.plain.filter(pk=duty.subject_id).first()
    if record is None:
        return []
    return [About(each.object, each.record_id, "related") for each in about(object_type, record)]


def _why(values: dict[str, Any]) -> str:
    return next(
        (str(values[name]) for name in ("reason", "plea", "declined", "snooze_reason") if values.get(name)),
        "",
    )


def _value(name: str, kept: Any) -> Any:
    field: Any = Duty._meta.get_field(name.removesuffix("_id"))
    return field.to_python(kept) if kept is not None else None
