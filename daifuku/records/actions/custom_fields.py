"""Fields of one's own: added, edited, ordered, retired and brought back, at work everywhere at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid, NotFound, Stale
from daifuku.foundation.japanese import clean_text, fold
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records import indexing
from daifuku.records.actions import layout_fields
from daifuku.records.actions.field_details import clean_details
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import KINDS, kept_as
from daifuku.records.formulas import recomputing
from daifuku.records.models import CustomField
from daifuku.staff.models import Person

KEY = re.compile(r"\A[a-z][a-z0-9_]{0,62}\Z")
RESERVED = frozenset(
    {"id", "uid", "version", "label", "url", "custom", "tags", "all", "any", "field", "op", "value", "object"}
)


def add_field(
    object_key: str, type: str, label: str, *, by: Person, key: str = "", **details: Any
) -> CustomField:
    """Adds a field to every record of this kind. `details`: label_en, help, section, required, default, options,
    hidden_from_roles, indexed. Raises Invalid, Conflict (key or label taken), Forbidden."""
    need_settings(by)
    object_type = known_object(object_key)
    if type not in KINDS:
        raise Invalid([FieldProblem("type", _("種類を一覧から選んでください。"), code="choice")])
    with ledger.writing():
        wanted = {"label": label, "options": {}, **details}
        row = CustomField(
            object=object_key, type=type, key=_key(object_type, key, str(details.get("label_en", "")))
        )
        for name, value in clean_details(row, wanted).items():
            setattr(row, name, value)
        _check_label(row)
        last = CustomField.objects.filter(object=object_key).aggregate(last=Max("position"))["last"]
        row.position = 0 if last is None else last + 1
        row.save(force_insert=True)
        tell(row, {"retired": [True, False]}, by)
        indexing.bring_about(row, by=by)
        recomputing.bring_about(row, ("options",), by=by)
    return row


def edit_field(
    field: CustomField, changes: Mapping[str, Any], *, by: Person, version: int | None = None
) -> CustomField:
    """Changes anything of a field but its key and its type. Raises Invalid, Conflict, Stale, Forbidden, NotFound."""
    need_settings(by)
    with ledger.writing():
        row = held(field, version)
        cleaned = clean_details(row, changes)
        done = {}
        for name, value in cleaned.items():
            if getattr(row, name) != value:
                done[name] = [getattr(row, name), value]
                setattr(row, name, value)
        if not done:
            return row
        _check_label(row)
        save(row, done, by)
    return row


def order_fields(
    object_key: str, order: Sequence[tuple[str, str]], *, by: Person, undoes: Event | None = None
) -> None:
    """Puts the fields into this order: (key, section) of each; those not named follow. Raises Forbidden, Invalid."""
    need_settings(by)
    known_object(object_key)
    with ledger.writing():
        rows = {row.key: row for row in CustomField.objects.select_for_update().filter(object=object_key)}
        before = [(row.key, row.section) for row in rows.values()]
        if any(key not in rows for key, _section in order) or len({key for key, _section in order}) < len(
            order
        ):
            raise Invalid([FieldProblem("order", _("項目の並びが変わっています。開き直してください。"))])
        named = {key for key, _section in order}
        after = [*order, *((key, section) for key, section in before if key not in named)]
        if after == before and undoes is None:
            return
        for position, (key, section) in enumerate(after):
            row = rows[key]
            row.position = position
            row.section = clean_details(row, {"section": section})["section"]
            row.save(update_fields=["position", "section"])
        layout_fields.follow_fields(object_key)
        vocabulary.changed()
        ledger.record(
            "vocabulary.ordered", by=by, undoes=undoes,
            data={"object": object_key, "old": [list(pair) for pair in before], "new": [list(pair) for pair in after]},
        )  # fmt: skip


def retire_field(field: CustomField, *, by: Person) -> CustomField:
    """Takes the field away from everybody; its values stay, so that it can be brought back."""
    need_settings(by)
    with ledger.writing():
        row = held(field)
        if row.retired_at is None:
            row.retired_at = moment()
            save(row, {"retired": [False, True]}, by)
    return row


def bring_back_field(field: CustomField, *, by: Person) -> CustomField:
    """Raises Conflict where another field has its name by now."""
    need_settings(by)
    with ledger.writing():
        row = held(field)
        if row.retired_at is not None:
            row.retired_at = None
            _check_label(row)
            save(row, {"retired": [True, False]}, by)
    return row


def undo_edited(event: Event, by: Person) -> Undone:
    """Puts back what still is as this line left it."""
    need_settings(by)
    with ledger.writing():
        row = held(CustomField(pk=event.data["field"]))
        done, kept = {}, []
        for name, (old, new) in event.changes.items():
            now = (row.retired_at is not None) if name == "retired" else getattr(row, name)
            if now != new:
                kept.append((row.pk, name))
                continue
            done[name] = [new, old]
            if name == "retired":
                row.retired_at = moment() if old else None
            else:
                setattr(row, name, old)
        if not done:
            raise ChangedSince
        if row.retired_at is None:
            _check_label(row)
        save(row, done, by, undoes=event)
    return Undone(1, kept)


def undo_ordered(event: Event, by: Person) -> Undone:
    known = set(CustomField.objects.filter(object=event.data["object"]).values_list("key", flat=True))
    order = [(key, section) for key, section in event.data["old"] if key in known]
    order_fields(event.data["object"], order, by=by, undoes=event)
    return Undone(1)


def known_object(object_key: str) -> ObjectType:
    try:
        return registry.get(object_key)
    except KeyError as error:
        raise NotFound from error


def held(field: CustomField, version: int | None = None) -> CustomField:
    row = CustomField.objects.select_for_update().filter(pk=field.pk).first()
    if row is None:
        raise NotFound
    if version is not None and version != row.version:
        raise Stale(
            _("この項目は別の画面で変更されました。開き直してください。"), context={"version": row.version}
        )
    return row


def save(row: CustomField, done: Mapping[str, Any], by: Person, undoes: Event | None = None) -> None:
    row.version += 1
    row.save()
    if "section" in done:
        layout_fields.follow_fields(row.object)
    tell(row, done, by, undoes)
    if "indexed" in done or "retired" in done:
        indexing.bring_about(row, by=by)
    if "options" in done and len({kept_as(row.type, options) for options in done["options"]}) > 1:
        indexing.renew(row, by=by)
    recomputing.bring_about(row, done, by=by)


def tell(row: CustomField, done: Mapping[str, Any], by: Person, undoes: Event | None = None) -> None:
    vocabulary.changed()
    ledger.record(
        "vocabulary.edited", by=by, about=[About("field", row.pk)], undoes=undoes,
        data={
            "object": row.object, "field": row.pk, "key": row.key, "name": row.label, "type": row.type,
            "changes": dict(done),
        },
    )  # fmt: skip


def _key(object_type: ObjectType, wanted: str, english: str) -> str:
    """What the administrator wants, or made from the English name, or numbered; never one that was used before."""
    taken = {field.key for field in object_type.fields} | RESERVED
    taken |= {column.name for column in object_type.model._meta.get_fields()}
    taken |= set(CustomField.objects.filter(object=object_type.key).values_list("key", flat=True))
    if wanted:
        if not KEY.match(wanted):
            sentence = _("キーは英小文字で始め、英小文字・数字・_で63文字以内にしてください。")
            raise Invalid([FieldProblem("key", sentence, code="key")])
        if wanted in taken:
            raise Conflict(_("そのキーはすでに使われています。"), code="key_taken", field="key")
        return wanted
    stem = re.sub(r"[^a-z0-9]+", "_", english.lower()).strip("_")[:50]
    if KEY.match(stem) and stem not in taken:
        return stem
    stem = stem if KEY.match(stem) else "field"
    number = 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


def _check_label(row: CustomField) -> None:
    """Two columns of one name could not be told apart in a file."""
    wanted = fold(row.label)
    labels = {fold(field.name) for field in registry.get(row.object).fields}
    others = CustomField.objects.filter(object=row.object, retired_at__isnull=True).exclude(pk=row.pk)
    labels |= {fold(label) for label in others.values_list("label", flat=True)}
    if wanted in labels:
        raise Conflict(
            _("「%(name)s」という項目はすでにあります。別の名前にしてください。") % {"name": clean_text(row.label)},
            code="label_taken", field="label",
        )  # fmt: skip
