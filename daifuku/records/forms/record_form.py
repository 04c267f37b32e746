"""The form of a record, or of some of its fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from daifuku.foundation.errors import DomainError
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.forms.widgets import HIDDEN, widget_for
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer


class _Raw(forms.Field):
    """Passes on what was typed; whether it is right is for the verb to say."""

    def clean(self, value: Any) -> Any:
        return value


class RecordForm(forms.Form):
    """`fields` of one object, in their order. `sections` groups them for the page."""

    use_required_attribute = False

    def __init__(
        self, object_type: ObjectType, fields: Iterable[Field], viewer: Viewer, *, record: Any = None,
        data: Any = None, initial: Mapping[str, Any] | None = None, prefix_id: str = "id", prefix: str | None = None,
    ) -> None:  # fmt: skip
        shown = list(fields)
        start = {field.key: opening_value(field, record) for field in shown} if record else {}
        super().__init__(
            data,
            initial={**start, **(initial or {})},
            label_suffix="",
            auto_id=f"{prefix_id}_%s",
            prefix=prefix,
        )
        self.object_type, self.viewer = object_type, viewer
        self.catalogue = {field.key: field for field in shown}
        for field in shown:
            raw = _Raw(label=field.name, required=field.required, help_text=str(field.help or ""))
            raw.widget = widget_for(field, viewer)
            raw.widget.is_required = field.required
            if hasattr(raw.widget, "offer"):
                raw.widget.offer(record)
            self.fields[field.key] = raw

    def sections(self) -> list[tuple[str, Any, list[Any]]]:
        """(key, label, bound fields) of each section that has any, as the page is laid out; what stands on no page
        follows."""
        layout = vocabulary.layout_of(self.object_type.key)
        found: list[tuple[str, Any, list[Any]]] = [
            (section.key, section.name, [self[name] for name in keys])
            for section, keys in layout.with_fields(self.catalogue)
        ]
        rest = [self[name] for name, field in self.catalogue.items() if not field.on_page]
        return [*found, ("rest", _("その他の項目"), rest)] if rest else found

    def quick(self) -> list[Any]:
        """What is asked first of a new record."""
        return [self[name] for name, field in self.catalogue.items() if field.quick or field.required]

    def open_sections(self) -> list[tuple[str, bool, list[Any]]]:
        """(label, open, bound fields) of the sections that come next."""
        return [(label, True, left) for key, label, left in self._unasked() if self._stands_open(key)]

    def further_sections(self) -> list[tuple[str, bool, list[Any]]]:
        """The same of those that are closed, unless there is a mistake inside."""
        return [
            (label, any(bound.errors for bound in left), left)
            for key, label, left in self._unasked()
            if not self._stands_open(key)
        ]

    def _unasked(self) -> list[tuple[str, Any, list[Any]]]:
        asked = {bound.name for bound in self.quick()}
        left = (
            (key, label, [b for b in bound if b.name not in asked]) for key, label, bound in self.sections()
        )
        return [section for section in left if section[2]]

    def _stands_open(self, key: str) -> bool:
        return key in self.object_type.open_sections

    def values(self) -> dict[str, Any]:
        """What was sent; a field that was not sent at all is not touched."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value is not None}

    def opened(self) -> str:
        """How the fields stood when the form was opened; sent along, so that a second editor is noticed per field."""
        return json.dumps(
            {
                name: plain(field, self.initial.get(name), self.viewer)
                for name, field in self.catalogue.items()
            },
            ensure_ascii=False,
        )

    def tell(self, error: DomainError) -> None:
        """Puts what a verb refused beside the fields that it is about."""
        for problem in error.problems:
            name = problem.field if problem.field in self.fields else None
            if name is None and problem.field in self.object_type_labels():
                self.add_error(None, f"{self.object_type_labels()[problem.field]}: {problem.message}")
            else:
                self.add_error(name, problem.message)
        if not error.problems:
            self.add_error(error.field if error.field in self.fields else None, error.message)

    def object_type_labels(self) -> dict[str, str]:
        return {field.key: field.name for field in self.object_type.fields}


def opening_value(field: Field, record: Any) -> Any:
    """What stands in the input when the form opens."""
    value = field.get(record)
    if field.type.widget in {"relation", "address", "checks"}:
        return value
    return field.type.form_value(value)


def plain(field: Field, value: Any, viewer: Viewer) -> Any:
    """An input's value in a form that can be compared and kept as JSON, on this person's page."""
    if field.type.widget == "relation":
        if not hasattr(value, "uid"):
            return str(value or "")
        return str(value.uid) if sees(viewer, value, "view") else HIDDEN
    if field.type.widget == "address":
        return {part: text for part, text in (value or {}).items() if text}
    if field.type.widget == "checks":
        return sorted(value or [])
    return str("" if value is None else value).replace("\r\n", "\n")
