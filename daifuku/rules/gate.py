"""The gate where every record is saved: by page, in place, in a grid, many at once, by phone, import and API alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.rules.lacking import still_owed
from daifuku.rules.models import Moment
from daifuku.rules.rulings import Ruling, rulings_of
from daifuku.rules.words import sentence_of
from daifuku.staff.viewer import Viewer


def check(record: Any, changed: frozenset[str], viewer: Viewer) -> Iterator[FieldProblem]:
    """What is missing where a rule does not let it pass, each with its field and the name of the rule.

    What this person cannot fill in, because his role keeps it from him, does not keep him from his work: it is owed.
    """
    for ruling in rulings_of(record.object_key):
        if not ruling.concerns(changed, new=record.pk is None) or not ruling.applies(record):
            continue
        if ruling.refuses:
            yield from (lacks(field, ruling) for field in _his(ruling.lacking(record), record, viewer))
        yield from (is_too_much(field, ruling) for field in _his(ruling.too_much(record), record, viewer))


def _his(fields: Sequence[Field], record: Any, viewer: Viewer) -> list[Field]:
    if not fields:
        return []
    editable = vocabulary.editable_for(viewer, record.object_key)
    return [field for field in fields if field.key in editable]


def lacks(field: Field, ruling: Ruling) -> FieldProblem:
    sentence = _("%(field)sを入力してください（運用ルール「%(rule)s」）。")
    return FieldProblem(field.key, sentence % {"field": field.name, "rule": ruling.rule}, code="rule")


def is_too_much(field: Field, ruling: Ruling) -> FieldProblem:
    sentence = _("%(field)sは空欄にしてください（運用ルール「%(rule)s」）。")
    return FieldProblem(field.key, sentence % {"field": field.name, "rule": ruling.rule}, code="rule")


def hints(object_type: ObjectType, record: Any, viewer: Viewer) -> list[str]:
    """The rules that apply to this form, as sentences: of a new record all, of an old one those that go on counting."""
    seen = vocabulary.fields_for(viewer, object_type.key)
    said = [
        sentence_of(ruling.rule, fields=seen)
        for ruling in rulings_of(object_type.key)
        if (record is None or ruling.rule.moment == Moment.ALWAYS)
        and ruling.watched <= seen.keys()
        and (record is None or not _sure_not(ruling, record))
    ]
    if record is None:
        return said
    told = _("まだ入力していない項目: %(fields)s（運用ルール「%(rule)s」）")
    owed = [
        str(told % {"fields": each.names, "rule": each.ruling.rule}) for each in still_owed(record, viewer)
    ]
    return [*owed, *said]


def _sure_not(ruling: Ruling, record: Any) -> bool:
    return not ruling.applies(record) and not ruling.rule.stage_field
