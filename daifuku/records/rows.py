"""The rows of a list as HTML. Built in Python: fifty rows of eight columns as template parts took 60 ms.

Whatever people typed passes `escape` or `Shown.html`; what stands here is written by us.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from daifuku.foundation import drawing
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import Option
from daifuku.records.list_state import ListState
from daifuku.records.saved_views import Column as ShownColumn
from daifuku.records.showing import Shown, show, show_value
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

CUT, HOVER = 200, 12
REPEATED = frozenset({str, date, Person})
SHRINKING = frozenset({"text", "lines", "record", "email", "url"})
PICK = (
    '<td class="pick"><input type="checkbox" name="keys" form="many" value="{uid}" '
    'data-selection-target="one" data-action="selection#count" aria-label="{label}"></td>'
)


def draw_rows(
    object_type: ObjectType,
    base: str,
    records: Iterable[Any],
    fields: Sequence[Field],
    editable: Container[str],
    viewer: Viewer,
) -> SafeString:
    """`base` is the address of the list; each row's own address is `base` and its uid. The first column is its name."""
    label, base = escape(_("%(name)sを選ぶ")), escape(base)
    columns = [Column(field, viewer, editable=field.key in editable) for field in fields[1:]]
    drawn = []
    for record in records:
        uid, name = str(record.uid), str(record)
        address = f"{base}{uid}/"
        drawn.append(
            f'<tr data-address="{address}">{PICK.format(uid=uid, label=label % {"name": escape(name)})}'
            f"{''.join([_name(object_type, field, record, name, address, viewer) for field in fields[:1]])}"
            f"{''.join([column.cell(record) for column in columns])}</tr>"
        )
    return SafeString("".join(drawn))


def draw_headings(state: ListState, up: str, down: str) -> SafeString:
    """Each column with the address that sorts by it: up, then down; `up` and `down` are the pictures for it."""
    return SafeString("".join([_heading(state, column, up, down) for column in state.columns]))


def _heading(state: ListState, column: ShownColumn, up: str, down: str) -> str:
    field, now = column.field, column.field.key == state.sort_key
    label = escape(str(state.object_type.name_label)) if field.key == state.object_type.lookup else ""
    words = label or escape(field.name)
    if field.sortable:
        address = state.address(sort=f"-{field.key}" if now and not state.descending else field.key)
        picture = (down if state.descending else up) if now else ""
        words = f'<a href="{escape(address)}">{words}{picture}</a>'
    classes = ' class="number"' if field.type.numeric else ""
    sort = f' aria-sort="{"descending" if state.descending else "ascending"}"' if now else ""
    width = f' data-width="{column.width}"' if column.width else ""
    return f'<th{classes}{sort} scope="col" data-key="{field.key}"{width}>{words}</th>'


class Column:
    """Draws the cells of one column. What stands in many rows (a choice, a colleague, a prefecture) is drawn once."""

    def __init__(self, field: Field, viewer: Viewer, *, editable: bool) -> None:
        self._field, self._viewer = field, viewer
        number = field.type.numeric
        label = f' data-label="{escape(field.name)}"' if number else ""
        rest = f'data-key="{field.key}"{label}{" data-editable" if editable else ""}><div class="value"'
        self._start = f'<td class="{"number" if number else ""}" {rest}'
        self._blank = f'<td class="{"number " if number else ""}blank" {rest}'
        self._moment = drawing.moments()
        self._drawn: dict[Any, str] = {}

    def cell(self, record: Any) -> str:
        if self._field.broken:
            return self._shown(show(self._field, record, self._viewer))
        value = self._field.get(record)
        if type(value) is datetime:
            return f"{self._start}>{self._moment(value)}</div></td>"
        if type(value) not in REPEATED:
            return self._shown(show_value(self._field, value, self._viewer))
        if value not in self._drawn:
            self._drawn[value] = self._shown(show_value(self._field, value, self._viewer))
        return self._drawn[value]

    def _shown(self, shown: Shown) -> str:
        hover = _hover(shown.text) if shown.kind in SHRINKING else ""
        return f"{self._blank if shown.empty else self._start}{hover}>{_cut_value(shown)}</div></td>"


def draw_options(options: Iterable[Option], chosen: str) -> SafeString:
    """What a quick filter offers."""
    return SafeString(
        "".join(
            [
                f'<option value="{escape(option.key)}"{" selected" if option.key == chosen else ""}>'
                f"{escape(option.name)}</option>"
                for option in options
            ]
        )
    )


def _name(object_type: ObjectType, field: Field, record: Any, name: str, address: str, viewer: Viewer) -> str:
    """The first column leads to the record, whatever field it shows."""
    said = name if field.key == object_type.lookup else show(field, record, viewer).text or name
    link = f'<a class="name" href="{address}"{_hover(said)}>{escape(_cut(said))}</a>'
    return f'<td class="main" data-key="{field.key}">{link}</td>'


def _cut_value(cell: Shown) -> str:
    if cell.empty:
        return ""
    return escape(_cut(cell.text)) if cell.kind in {"text", "lines"} and len(cell.text) > CUT else cell.html


def _hover(text: str) -> str:
    """A column gives way before its text is read whole; the mouse shows it."""
    return f' title="{escape(_cut(text, 1000))}"' if len(text) > HOVER else ""


def _cut(text: str, most: int = CUT) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
