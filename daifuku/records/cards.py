"""The cards of a board as HTML. Built in Python for the same reason as the rows of a list.

Whatever people typed passes `escape` or `Shown.html`; what stands here is written by us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from daifuku.records.board import EMPTY
from daifuku.records.catalogue.field import Field
from daifuku.records.showing import Shown, show
from daifuku.staff.viewer import Viewer

MOST_VALUES = 3
CUT = 80


class Cards:
    """Draws the cards of one board; `movable` boards let cards be moved, `more` is the picture on the menu for it,
    `mark(record)` a line of safe HTML at a card's foot, `further` the numbers that heads add up beside `total`."""

    def __init__(
        self,
        by: Field,
        columns: Sequence[Field],
        total: Field | None,
        viewer: Viewer,
        *,
        movable: bool,
        more: str,
        mark: Callable[[Any], str] | None = None,
        further: Sequence[Field] = (),
    ) -> None:
        self.mark, self.further = mark, further
        self.by, self.total, self.viewer, self.movable, self.more = by, total, viewer, movable, more
        others = [each for each in columns[1:] if each.key != by.key]
        self.columns = others[:MOST_VALUES]
        if total and total not in self.columns:
            self.columns = [*self.columns[: MOST_VALUES - 1], total]
        self.words = _("%(name)sを移す")

    def draw(self, records: Iterable[Any]) -> SafeString:
        return SafeString("".join([self.card(record) for record in records]))

    def card(self, record: Any) -> str:
        name, address = str(record), escape(record.get_absolute_url())
        column = escape(self.by.get(record) or EMPTY)
        number = self.total.get(record) if self.total else None
        value = f' data-sum="{number}"' if number is not None else ""
        if self.further:
            value += f' data-further="{" ".join(str(each.get(record) or 0) for each in self.further)}"'
        movable = " data-movable" if self.movable else ""
        return (
            f'<li class="board-card" data-board-target="card" data-address="{address}" data-version="{record.version}"'
            f' data-column="{column}" data-name="{escape(name[:CUT])}"{value}{movable}>'
            f'<a class="name" href="{address}" draggable="false">{escape(name[:CUT])}</a>{self._menu(name)}'
            f"{self._values(record)}{self.mark(record) if self.mark else ''}</li>"
        )

    def _menu(self, name: str) -> str:
        if not self.movable:
            return ""
        words = escape(self.words % {"name": name[:CUT]})
        return (
            '<button type="button" class="icon-link board-menu-button" data-action="board#menu" aria-haspopup="menu"'
            f' title="{words}" aria-label="{words}">{self.more}</button>'
        )

    def _values(self, record: Any) -> str:
        shown = [show(each, record, self.viewer) for each in self.columns]
        drawn = "".join([self._value(each) for each in shown if not each.empty])
        return f"<dl>{drawn}</dl>" if drawn else ""

    def _value(self, shown: Shown) -> str:
        text = shown.kind in {"text", "lines"} and len(shown.text) > CUT
        value = escape(f"{shown.text[:CUT]}…") if text else shown.html
        label = escape(shown.field.name)
        return f'<div title="{label}"><dt class="visually-hidden">{label}</dt><dd>{value}</dd></div>'
