"""The choices of a field: added, renamed, coloured, ordered, retired, and replaced where records have them.

A choice keeps its key when it is renamed, so it stays the same choice in every record, view and condition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid, NotFound
from daifuku.foundation.japanese import clean_text, fold
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types.choice import HasOptions
from daifuku.records.formulas import recomputing
from daifuku.records.models import Choice
from daifuku.records.models.choice import COLOURS
from daifuku.staff.models import Person

MOST = 1000
DETAILS = ("label", "label_en", "colour", "active")


def choice_field(object_key: str, field_key: str) -> Field:
    """The field, if it is one with choices. Raises NotFound."""
    try:
        field = vocabulary.fields_of(object_key).get(field_key)
    except KeyError as error:
        raise NotFound from error
    kept_elsewhere = (object_key, field_key) in vocabulary.sources
    if field is None or not isinstance(field.type, HasOptions) or field.type.of or kept_elsewhere:
        raise NotFound
    return field


def add_choice(
    object_key: str, field_key: str, label: str, *, by: Person, colour: str = "grey", label_en: str = ""
) -> Choice:
    """Offers one more choice, last in the order. Raises Invalid, Conflict, Forbidden, NotFound."""
    need_settings(by)
    choice_field(object_key, field_key)
    with ledger.writing():
        rows = own_rows(object_key, field_key)
        if len(rows) >= MOST:
            raise Conflict(_("選択肢は%(most)s個までです。") % {"most": MOST}, code="too_many")
        row = Choice(object=object_key, field=field_key, key=_free_key(rows), position=len(rows))
        for name, value in {"label": label, "label_en": label_en, "colour": colour}.items():
            setattr(row, name, _clean(name, value))
        _check_label(row, rows)
        row.save(force_insert=True)
        _tell(row, {"active": [False, True]}, by)
    return row


def edit_choice(
    choice: Choice, changes: Mapping[str, Any], *, by: Person, undoes: Event | None = None
) -> Choice:
    """Renames, recolours, retires (`active` False) or brings back a choice. Raises Invalid, Conflict, Forbidden."""
    need_settings(by)
    with ledger.writing():
        row = Choice.objects.select_for_update().filter(pk=choice.pk).first()
        if row is None:
            raise NotFound
        done = {}
        for name, value in changes.items():
            cleaned = _clean(name, value)
            if getattr(row, name) != cleaned:
                done[name] = [getattr(row, name), cleaned]
                setattr(row, name, cleaned)
        if done or undoes is not None:
            if "label" in done:
                _check_label(row, own_rows(row.object, row.field))
            row.save()
            _tell(row, done, by, undoes)
    return row


def order_choices(
    object_key: str, field_key: str, keys: Sequence[str], *, by: Person, undoes: Event | None = None
) -> None:
    """Offers the choices in this order; those not named follow. Raises Invalid, Forbidden, NotFound."""
    need_settings(by)
    choice_field(object_key, field_key)
    with ledger.writing():
        rows = {row.key: row for row in own_rows(object_key, field_key)}
        before = list(rows)
        if not set(keys) <= set(rows) or len(set(keys)) < len(keys):
            raise Invalid([FieldProblem("order", _("選択肢の並びが変わっています。開き直してください。"))])
        after = [*keys, *(key for key in before if key not in set(keys))]
        if after == before and undoes is None:
            return
        for position, key in enumerate(after):
            rows[key].position = position
        Choice.objects.bulk_update(rows.values(), ["position"])
        vocabulary.changed()
        ledger.record(
            "choices.ordered", by=by, undoes=undoes,
            data={"object": object_key, "field": field_key, "old": before, "new": after},
        )  # fmt: skip


def own_rows(object_key: str, field_key: str) -> list[Choice]:
    """The choices as rows in their order; the shipped ones become rows when the first is touched.

    Call inside the transaction that changes one.
    """
    rows = list(Choice.objects.select_for_update().filter(object=object_key, field=field_key))
    have, field = {row.key for row in rows}, choice_field(object_key, field_key)
    assert isinstance(field.type, HasOptions)
    missing = [option for option in field.type.options if option.key not in have]
    if missing:
        Choice.objects.bulk_create(
            Choice(
                object=object_key, field=field_key, key=option.key, colour=option.colour, active=option.active,
                position=len(rows) + place, **_labels(option.label, option.label_en),
            )
            for place, option in enumerate(missing)
        )  # fmt: skip
        vocabulary.changed()
        rows = list(Choice.objects.select_for_update().filter(object=object_key, field=field_key))
    return rows


def row_of(object_key: str, field_key: str, key: str) -> Choice:
    """The row of a choice, made now where it is a shipped one. Raises NotFound."""
    with ledger.writing():
        for row in own_rows(object_key, field_key):
            if row.key == key:
                return row
    raise NotFound


def undo_edited(event: Event, by: Person) -> Undone:
    """Puts back what still is as this line left it."""
    row = Choice.objects.filter(pk=event.data["choice"]).first()
    if row is None:
        raise NotFound
    back = {name: old for name, (old, new) in event.changes.items() if getattr(row, name) == new}
    if not back:
        raise ChangedSince
    edit_choice(row, back, by=by, undoes=event)
    return Undone(1)


def undo_ordered(event: Event, by: Person) -> Undone:
    data = event.data
    known = set(
        Choice.objects.filter(object=data["object"], field=data["field"]).values_list("key", flat=True)
    )
    order_choices(data["object"], data["field"], [k for k in data["old"] if k in known], by=by, undoes=event)
    return Undone(1)


def _labels(label: Any, english: str) -> dict[str, str]:
    with translation.override("ja"):
        japanese = str(label)
    with translation.override("en"):
        other = english or str(label)
    return {"label": japanese, "label_en": "" if other == japanese else other}


def _free_key(rows: Sequence[Choice]) -> str:
    """Numbered, since labels change and keys never do."""
    taken, number = {row.key for row in rows}, len(rows) + 1
    while f"c{number}" in taken:
        number += 1
    return f"c{number}"


def _clean(name: str, value: Any) -> Any:
    if name == "active" and isinstance(value, bool):
        return value
    if name == "colour" and value in COLOURS:
        return value
    if name in {"label", "label_en"} and isinstance(value, str):
        text = clean_text(value)
        if len(text) > 60:
            raise Invalid([FieldProblem(name, _("60文字以内で入力してください。"), code="too_long")])
        if ";" in text or "；" in text:
            raise Invalid(
                [FieldProblem(name, _("「;」は区切りに使うため、入れられません。"), code="separator")]
            )
        if text or name == "label_en":
            return text
        raise Invalid([FieldProblem(name, _("表示名を入力してください。"), code="required")])
    if name not in DETAILS:
        raise Invalid([FieldProblem(name[:63], _("この設定は変更できません。"), code="unknown_field")])
    raise Invalid([FieldProblem(name, _("一覧から選んでください。"), code="choice")])


def _check_label(row: Choice, rows: Sequence[Choice]) -> None:
    """Files bring labels, so two choices of one name could not be told apart."""
    for other in rows:
        if other.key != row.key and fold(other.label) == fold(row.label):
            raise Conflict(
                _("「%(name)s」という選択肢はすでにあります。") % {"name": row.label},
                code="label_taken",
                field="label",
            )


def _tell(row: Choice, done: Mapping[str, Any], by: Person, undoes: Event | None = None) -> None:
    vocabulary.changed()
    if "label" in done:
        recomputing.follow(row.object, row.field, row.label, by=by)
    ledger.record(
        "choices.edited", by=by, about=[About("choice", row.pk)], undoes=undoes,
        data={
            "object": row.object, "field": row.field, "choice": row.pk, "key": row.key, "name": row.label,
            "changes": dict(done),
        },
    )  # fmt: skip
