"""Another type for a field of one's own: first what would become of its values, then the change. It can be undone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.lookups import IsNull
from django.utils.translation import gettext as _

from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid
from daifuku.foundation.sql import JsonText
from daifuku.jobs import queue
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records import indexing
from daifuku.records.actions.converting import Converter, kind_of
from daifuku.records.actions.custom_fields import held
from daifuku.records.actions.editing import Changes
from daifuku.records.actions.field_details import clean_details
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import COMPUTED, TYPES, Option, Refused
from daifuku.records.catalogue.types.kept import is_nested, read_kept
from daifuku.records.formulas import recomputing
from daifuku.records.models import Choice, CustomField
from daifuku.records.rewriting import (
    AT_ONCE,
    Change,
    Told,
    effects_on,
    keys_of,
    nobody_asks,
    rewrite,
    touched_by,
)  # fmt: skip
from daifuku.records.undoing import InTwoSteps
from daifuku.staff.models import Person

SAMPLES = 8
TOLD = ("type", "options", "default", "indexed")


@dataclass
class Preview:
    """What would become of the values: how many can be read as the new type, how many would be lost, some of each."""

    convertible: int = 0
    lost: int = 0
    samples: list[tuple[str, str]] = dataclass_field(default_factory=list)
    lost_samples: list[tuple[str, str]] = dataclass_field(default_factory=list)
    new_choices: list[Option] = dataclass_field(default_factory=list)

    @property
    def total(self) -> int:
        return self.convertible + self.lost


def count_values(row: CustomField) -> int:
    """How many records have a value in this field, those in the trash included."""
    return int(registry.get(row.object).model.plain.filter(_having(row.key)).count())


def preview_type_change(
    row: CustomField, new_type: str, options: Mapping[str, Any] | None = None, *, by: Person
) -> Preview:
    """Reads every different value as the new type and writes nothing. Raises Invalid, Forbidden."""
    need_settings(by)
    converter, preview = _converter(row, new_type, options, makes_choices=True), Preview()
    values = registry.get(row.object).model.plain.annotate(raw=JsonText(F("custom"), row.key))
    counted = values.filter(raw__isnull=False).values("raw").annotate(n=Count("pk")).order_by("-n", "raw")
    for raw, count in counted.values_list("raw", "n").iterator(chunk_size=2000):
        value = json.loads(raw) if is_nested(converter.old) else raw
        shown = _shown(converter.old, value)
        try:
            result = converter.convert(value)
        except Refused as error:
            preview.lost += count
            _sample(preview.lost_samples, shown, str(error.message))
        else:
            preview.convertible += count
            _sample(preview.samples, shown, _shown(converter.new, result))
    preview.new_choices = converter.made
    return preview


def change_type(
    row: CustomField,
    new_type: str,
    options: Mapping[str, Any] | None = None,
    *,
    by: Person,
    version: int | None = None,
) -> tuple[Event, int]:
    """Makes the field another type and converts its values, many in a job. What cannot be read is emptied.

    Returns the line by which all of it can be undone, and how many values there are. Raises Invalid, Stale, Forbidden.
    """  # fmt: skip
    preview = preview_type_change(row, new_type, options, by=by)
    with ledger.writing():
        row = held(row, version)
        before = {name: getattr(row, name) for name in TOLD}
        row.options, row.default, row.indexed = _clean_options(row, new_type, options), None, False
        row.type = new_type
        if (before["type"], before["options"]) == (row.type, row.options):
            raise Conflict(_("種類が変わっていません。"), code="same_type", field="type")
        _add_choices(row, preview.new_choices)
        _save(row, by)
        cause = ledger.record(
            "vocabulary.retyped", by=by, about=[About("field", row.pk)],
            data={
                "object": row.object, "field": row.pk, "key": row.key, "name": row.label, "count": preview.total,
                "old": before, "new": {name: getattr(row, name) for name in TOLD},
            },
        )  # fmt: skip
        if preview.total > AT_ONCE:
            title = _("項目の種類の変更: %(field)s") % {"field": row.label}
            queue.enqueue("records.retype", {"event": cause.pk}, by=by, title=title)
    if preview.total <= AT_ONCE:
        _convert_all(cause, by)
    return cause, preview.total


def run(running: Any) -> None:
    """The job. Begun again after a kill, it passes over what was converted already."""
    cause = Event.objects.get(pk=running.payload["event"])
    running.expect(cause.data["count"])
    running.result["event"] = cause.pk
    _convert_all(cause, running.by, running.advance)


def begin_undo(event: Event, by: Person) -> Event:
    """The old type is back at once; the values follow."""
    need_settings(by)
    data = event.data
    with ledger.writing():
        row = held(CustomField(pk=data["field"]))
        if row.type != data["new"]["type"] or row.options != data["new"]["options"]:
            raise ChangedSince(_("その後に種類が変更されているため、元に戻せません。"))
        for name in TOLD:
            setattr(row, name, data["old"][name])
        _save(row, by)
        return ledger.record(
            "vocabulary.retyped", by=by, about=[About("field", row.pk)], undoes=event,
            data=data | {"old": data["new"], "new": data["old"]},
        )  # fmt: skip


def take_back(event: Event, line: Event, by: Person, told: Told) -> Undone:
    """The old values come back; what was typed since is converted as well as it can be."""
    data = event.data
    row = CustomField.objects.get(pk=data["field"])
    new, old = (kind_of(row, data[when]["type"], data[when]["options"]) for when in ("new", "old"))
    converter, key = Converter(new, old), data["key"]

    def change_for(batch: Sequence[int]) -> Change:
        effects = effects_on(event, row.object, batch)

        def change(record: Any) -> Changes:
            now = record.custom.get(key)
            was, became = effects.get(record.pk, {}).get(key, (None, None))
            if now == was or (was is None and not old.is_empty(read_kept(old, now))):
                return {}
            return _put(record, key, was if now == became else _converted(converter, now))

        return change

    keys = keys_of(row.object, touched_by(event, row.object) | _having(key))
    field = vocabulary.custom_field(row)
    return Undone(rewrite(field, row.object, keys, change_for, by=by, cause=line, told=told))


undo_retyped = InTwoSteps(begin_undo, take_back)


def _convert_all(cause: Event, by: Person | None, told: Told = nobody_asks) -> None:
    data = cause.data
    row = CustomField.objects.get(pk=data["field"])
    old, new = (kind_of(row, data[when]["type"], data[when]["options"]) for when in ("old", "new"))
    converter, key = Converter(old, new), data["key"]

    def change(record: Any) -> Changes:
        return _put(record, key, _converted(converter, record.custom.get(key)))

    keys = keys_of(row.object, _having(key))
    rewrite(
        vocabulary.custom_field(row), row.object, keys, lambda batch: change, by=by, cause=cause, told=told
    )


def _converter(
    row: CustomField, new_type: str, options: Mapping[str, Any] | None, *, makes_choices: bool = False
) -> Converter:
    kept = _clean_options(row, new_type, options)
    old, new = kind_of(row, row.type, row.options), kind_of(row, new_type, kept)
    return Converter(old, new, makes_choices=makes_choices)


def _clean_options(row: CustomField, new_type: str, options: Mapping[str, Any] | None) -> dict[str, Any]:
    if row.type in COMPUTED:
        sentence = _("計算の項目の種類は変えられません。式と結果の種類を変えてください。")
        raise Conflict(sentence, code="computed", field="type")
    if new_type not in TYPES:
        raise Invalid([FieldProblem("type", _("種類を一覧から選んでください。"), code="choice")])
    other = CustomField(object=row.object, key=row.key, type=new_type)
    cleaned: dict[str, Any] = clean_details(other, {"options": dict(options or {})})["options"]
    return cleaned


def _add_choices(row: CustomField, made: list[Option]) -> None:
    first = Choice.objects.filter(object=row.object, field=row.key).count()
    Choice.objects.bulk_create(
        Choice(object=row.object, field=row.key, key=option.key, label=option.label, position=first + place)
        for place, option in enumerate(made)
    )


def _save(row: CustomField, by: Person) -> None:
    """An index of the old type is of no use for the new one: it goes, and is made anew where it is wanted."""
    row.version += 1
    row.index_state = CustomField.IndexState.READY if row.index_state != "none" else row.index_state
    row.save()
    indexing.bring_about(row, by=by)
    vocabulary.changed()
    recomputing.bring_about(row, ("type",), by=by)


def _converted(converter: Converter, value: Any) -> Any:
    try:
        return None if value is None else converter.convert(value)
    except Refused:
        return None


def _put(record: Any, key: str, value: Any) -> Changes:
    old = record.custom.get(key)
    if value is None:
        record.custom.pop(key, None)
    else:
        record.custom[key] = value
    return {} if old == value else {key: [old, value]}


def _shown(kind: Any, value: Any) -> str:
    read = read_kept(kind, value)
    return str(value) if kind.is_empty(read) else str(kind.display(read))


def _sample(samples: list[tuple[str, str]], old: str, new: str) -> None:
    if len(samples) < SAMPLES:
        samples.append((old[:80], new[:80]))


def _having(key: str) -> Q:
    return Q(IsNull(JsonText(F("custom"), key), False))
