"""Values that no two records share: the code of a product."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

TAKEN = _("%(field)s「%(value)s」は「%(record)s」で使われています。別の値を入力してください。")
TRASHED = _(
    "%(field)s「%(value)s」は、ごみ箱の「%(record)s」で使われています。元に戻すか、別の値を入力してください。"
)
HIDDEN = _("%(field)s「%(value)s」は、すでに使われています。別の値を入力してください。")
TWICE = _("%(field)s「%(value)s」が、この中で2回使われています。どちらかを直してください。")


def taken(
    object_type: ObjectType, record: Any, changed: frozenset[str], viewer: Viewer
) -> Iterable[FieldProblem]:
    """Asked of every save; the constraint of the table answers for those that come at the same instant."""
    for name in object_type.unique:
        value = getattr(record, name)
        if name not in changed or not value:
            continue
        other = object_type.model.plain.filter(**{name: value}).exclude(pk=record.pk).first()
        if other is not None:
            sentence = (TRASHED if other.trashed_at else TAKEN) if sees(viewer, other, "view") else HIDDEN
            yield _problem(object_type, name, sentence, value, other)


class Batch:
    """The same among records of one batch that are not saved yet."""

    def __init__(self, object_type: ObjectType) -> None:
        self.object_type = object_type
        self._seen: dict[tuple[str, Any], Any] = {}

    def take(self, record: Any) -> None:
        """Raises Invalid where an earlier record of the batch has the value already."""
        for name in self.object_type.unique:
            value = getattr(record, name)
            if value and self._seen.setdefault((name, value), record) is not record:
                raise Invalid([_problem(self.object_type, name, TWICE, value, record)])


def _problem(object_type: ObjectType, name: str, sentence: Any, value: Any, record: Any) -> FieldProblem:
    field = vocabulary.fields_of(object_type.key)[name]
    said = {"field": field.name, "value": str(value)[:60], "record": str(record)[:60]}
    return FieldProblem(name, sentence % said, code="taken")
