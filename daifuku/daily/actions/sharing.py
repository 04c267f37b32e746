"""全員に共有: what somebody found worth knowing, shown to everybody with a remark."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.daily import days, who
from daifuku.daily.models import Shared, habits
from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.catalogue.types import LongText, Refused
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

LONGEST = 1000


def may_share(viewer: Viewer) -> bool:
    """Whoever reads the morning page; what he shares everybody is told."""
    return who.reads_mornings(viewer, habits())


def share(record: Any | None, remark: str, *, by: Person, day: date | None = None) -> Shared:
    """Tells everybody. `record` may be None: then the remark speaks for itself. Raises Invalid, Forbidden."""
    viewer, rules = viewer_of(by), habits()
    if not may_share(viewer) or (record is not None and not sees(viewer, record, "view")):
        raise Forbidden
    text = _cleaned(remark)
    if record is None and not text:
        raise Invalid([FieldProblem("remark", _("ひと言を入力してください。"), code="required")])
    with ledger.writing():
        shared = Shared.objects.create(
            day=day or days.business_day(moment(), rules), by=by, at=moment(), remark=text,
            subject_object=record.object_key if record is not None else "",
            subject_id=record.pk if record is not None else None,
        )  # fmt: skip
        ledger.record("daily.shared", by=by, about=_about(record), data={"shared": shared.pk, "remark": text})
    return shared


def withdraw(shared: Shared, *, by: Person, undoes: Event | None = None) -> Shared:
    """Takes it back: notices stay as they were told, the page says no more. Raises Forbidden (another's)."""
    if shared.by_id != by.pk:
        raise Forbidden
    with ledger.writing():
        held = Shared.objects.select_for_update().get(pk=shared.pk)
        if held.withdrawn_at is None:
            held.withdrawn_at = moment()
            held.save(update_fields=["withdrawn_at"])
            about = [ledger.About(held.subject_object, held.subject_id)] if held.subject_id else []
            ledger.record("daily.withdrawn", by=by, about=about, data={"shared": held.pk}, undoes=undoes)
    return held


def undo_shared(event: Event, by: Person) -> Undone:
    found = Shared.objects.filter(pk=event.data.get("shared")).first()
    if found is None:
        return Undone(0)
    withdraw(found, by=by, undoes=event)
    return Undone(1)


def forget(record: Any, by: Person) -> None:
    """Somebody is erased: what was shared about him goes with him."""
    Shared.objects.filter(subject_object=record.object_key, subject_id=record.pk).delete()


def _about(record: Any | None) -> list[ledger.About]:
    return [ledger.About(record.object_key, record.pk)] if record is not None else []


def _cleaned(remark: str) -> str:
    try:
        return str(LongText(LONGEST).clean(remark) or "").strip()
    except Refused as error:
        raise Invalid([FieldProblem("remark", error.message, code=error.code)]) from error
