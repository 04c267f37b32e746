"""On which day the firm looks whether it still needs a field: set with the request, put off by a press."""

from __future__ import annotations

from datetime import date
from typing import Any

from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records.actions.field_details import Wrong
from daifuku.records.actions.powers import need_settings
from daifuku.records.models import CustomField
from daifuku.records.requests.details import clean_day, written
from daifuku.staff.models import Person


def review_field(field: CustomField, on: Any, *, by: Person) -> CustomField:
    """The field is looked at again on that day to come; nothing: on none. Raises Invalid, Forbidden, NotFound."""
    need_settings(by)
    try:
        day = None if on is None or on == "" else clean_day(on, before=field.review_on)
    except Wrong as error:
        raise Invalid([FieldProblem("review_on", error.sentence, code=error.code)]) from error
    return set_review(field, day, by=by)


def set_review(
    field: CustomField, day: date | None, *, by: Person, undoes: Event | None = None
) -> CustomField:
    """The same with a clean day. It is no other version of the field: nobody who edits it is disturbed."""
    need_settings(by)
    with ledger.writing():
        row = CustomField.objects.select_for_update().filter(pk=field.pk).first()
        if row is None:
            raise NotFound
        if row.review_on != day:
            old, row.review_on = row.review_on, day
            row.save(update_fields=["review_on"])
            ledger.record(
                "vocabulary.review_set", by=by, about=[About("field", row.pk)], undoes=undoes,
                data={
                    "object": row.object, "field": row.pk, "name": row.label,
                    "old": written(old), "new": written(day),
                },
            )  # fmt: skip
    return row


def undo_review(event: Event, by: Person) -> Undone:
    row = CustomField.objects.filter(pk=event.data.get("field")).first()
    if row is None:
        raise NotFound
    if written(row.review_on) != event.data["new"]:
        raise ChangedSince
    old = event.data["old"]
    set_review(row, date.fromisoformat(old) if old else None, by=by, undoes=event)
    return Undone(1)
