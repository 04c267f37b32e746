"""A list as a grid: cells of plain text that one types over, as a spreadsheet has them. Built in Python like the rows.

Whatever people typed passes `escape`; what stands here is written by us.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import (
    Address,
    Choice,
    FileLink,
    LongText,
    MultiChoice,
    PersonLink,
    RecordLink,
    TeamLink,
    YesNo,
)
from daifuku.records.scope import sees
from daifuku.records.showing import hidden_name
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import Viewer

MOST = 500
NOT_TYPED = (Address, FileLink)


class Cells:
    """The cells of one grid: what stands in them, and which may be typed over by this person."""

    def __init__(self, fields: Sequence[Field], editable: Iterable[str], viewer: Viewer) -> None:
        self.fields, self.viewer = fields, viewer
        self.editable = {
            field.key
            for field in fields
            if field.key in set(editable) and not isinstance(field.type, NOT_TYPED)
        }

    def text(self, field: Field, record: Any) -> str:
        """As it can be typed again: a choice by its name, a number without its unit."""
        value = field.get(record)
        if field.type.is_empty(value):
            return ""
        if isinstance(field.type, RecordLink) and not sees(self.viewer, value, "view"):
            return hidden_name(value.object_key)
        if field.type.numeric:
            return f"{value:,}"
        return field.type.display(value)

    def texts(self, record: Any) -> dict[str, str]:
        return {field.key: self.text(field, record) for field in self.fields}

    def draw(self, records: Iterable[Any]) -> SafeString:
        return SafeString("".join([self._row(number, record) for number, record in enumerate(records, 2)]))

    def _row(self, number: int, record: Any) -> str:
        open_row = record.trashed_at is None and sees(self.viewer, record, "edit")
        cells = "".join(
            [
                self._cell(place, field, self.text(field, record), open_row and self._may_type(field, record))
                for place, field in enumerate(self.fields, 2)
            ]
        )
        address = escape(record.get_absolute_url())
        head = f'<a href="{address}" aria-label="{escape(str(record)[:60])}">{number - 1}</a>'
        return (
            f'<tr data-uid="{record.uid}" data-version="{record.version}" aria-rowindex="{number}">'
            f'<th scope="row">{head}</th>{cells}</tr>'
        )

    def _may_type(self, field: Field, record: Any) -> bool:
        """A link to a record that one may not see cannot be typed over: one would not know what one takes away."""
        if field.key not in self.editable:
            return False
        linked = field.get(record) if isinstance(field.type, RecordLink) else None
        return linked is None or sees(self.viewer, linked, "view")

    def blank(self) -> SafeString:
        """The row of a new record."""
        cells = "".join(
            [
                self._cell(place, each, "", each.key in self.editable)
                for place, each in enumerate(self.fields, 2)
            ]
        )
        return SafeString(f'<tr data-new><th scope="row"></th>{cells}</tr>')

    def _cell(self, place: int, field: Field, text: str, may_type: bool) -> str:
        number = ' class="number"' if field.type.numeric else ""
        closed = "" if may_type else ' aria-readonly="true"'
        return f'<td{number} aria-colindex="{place}"{closed}>{escape(text)}</td>'

    def lists(self) -> dict[str, list[str]]:
        """What may be chosen in a column, where that is a short list."""
        return {
            field.key: names
            for field in self.fields
            if field.key in self.editable and (names := _offered(field))
        }

    def kind(self, field: Field) -> str:
        return "lines" if isinstance(field.type, LongText) else "number" if field.type.numeric else "text"


def _offered(field: Field) -> list[str]:
    if isinstance(field.type, Choice) and not isinstance(field.type, MultiChoice):
        return [option.name for option in field.type.offered()]
    if isinstance(field.type, YesNo):
        return [field.type.display(True), field.type.display(False)]
    if isinstance(field.type, PersonLink):
        return [str(person) for person in Person.objects.working()[:MOST]]
    return [str(team) for team in Team.objects.all()[:MOST]] if isinstance(field.type, TeamLink) else []
