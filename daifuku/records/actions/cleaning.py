"""From what was typed, sent or read from a file to values that may be kept, with every refusal named by its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.actions.blanks import Blanks
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import Refused
from daifuku.staff.viewer import Viewer

Values = dict[str, Any]


class Cleaner:
    """Cleans values for one object and one person; made once for many rows."""

    def __init__(self, object_type: ObjectType, viewer: Viewer) -> None:
        self.object_type, self.viewer = object_type, viewer
        self.fields = vocabulary.fields_of(object_type.key)
        self.editable = vocabulary.editable_for(viewer, object_type.key)
        self._unsaid = [
            field for field in self.fields.values() if field.required or field.default is not None
        ]
        self.blanks: Blanks | None = None

    def new(self, raw: Mapping[str, Any]) -> Values:
        """Values for a new record: defaults filled in, required fields asked for. Raises Invalid."""
        values, problems = self._given(raw)
        for field in self._unsaid:
            if field.key in values or field.key in raw:
                continue
            if field.default is not None:
                values[field.key] = field.type.clean(field.default, self.viewer)
            elif field.required:
                problems.append(required(field))
        return self._checked(values, problems)

    def changes(self, raw: Mapping[str, Any]) -> Values:
        """Values for fields of an existing record. Raises Invalid."""
        return self._checked(*self._given(raw))

    def _given(self, raw: Mapping[str, Any]) -> tuple[Values, list[FieldProblem]]:
        values: Values = {}
        problems: list[FieldProblem] = []
        for key, value in raw.items():
            field = self.editable.get(key)
            if field is None:
                problems.append(unknown(key))
                continue
            try:
                values[key] = field.type.clean(value, self.viewer)
            except Refused as error:
                problems.append(FieldProblem(key, error.message, code=error.code))
                continue
            if field.required and field.type.is_empty(values[key]):
                problems.append(required(field))
        return values, problems

    def _checked(self, values: Values, problems: list[FieldProblem]) -> Values:
        if problems:
            raise Invalid(problems)
        return values


def required(field: Field) -> FieldProblem:
    return FieldProblem(
        field.key, _("%(field)sを入力してください。") % {"field": field.name}, code="required"
    )


def unknown(key: str) -> FieldProblem:
    """No such field, or not one that this person may change: both look the same."""
    return FieldProblem(
        key[:63], _("「%(field)s」という項目はありません。") % {"field": key[:63]}, code="unknown_field"
    )
