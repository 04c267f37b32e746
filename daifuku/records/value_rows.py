"""The values of a record's page as HTML. Built in Python: forty of them as template parts took half of the page's time.

Whatever people typed passes `escape` or `Shown.html`; what stands here is written by us.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daifuku.records.showing import Shown
from daifuku.records.timeline import Change

LONG, LINES = 160, 8
NOTHING = '<span class="soft" aria-hidden="true">—</span>'
EVERYWHERE = (
    ' hx-swap-oob="outerHTML:[data-value=&quot;{place}&quot;], '
    'tr[data-address$=&quot;/{uid}/&quot;] > td[data-key=&quot;{key}&quot;] > .value"'
)
PEN = (
    '<a class="pen" href="{address}edit/" hx-get="{address}field/{key}/" hx-target="closest .value" '
    'hx-swap="outerHTML" title="{words}" aria-label="{words}">'
    '<svg class="icon" aria-hidden="true"><use href="#pen"/></svg></a>'
)


def draw_changes(changes: Sequence[Change]) -> str:
    """What a line of the ledger changed: the old value struck out, the new one."""
    return '<ul class="changes" role="list">' + "".join([_change(change) for change in changes]) + "</ul>"


def draw_folded(number: int, address: str) -> str:
    """How many changes there are; they come from `address` when somebody unfolds them."""
    words = escape(ngettext("%(n)s項目", "%(n)s項目", number) % {"n": number})
    link = f'<a href="{escape(address)}">{escape(_("変更した項目を表示"))}</a>'
    return (
        f'<details class="folded" hx-get="{escape(address)}" hx-trigger="toggle once" hx-target="find p"'
        f' hx-swap="outerHTML"><summary>{words}</summary><p>{link}</p></details>'
    )


def _change(change: Change) -> str:
    old = f'<del>{_cut(change.old, 120)}</del> <span aria-hidden="true">→</span> ' if change.old else ""
    return f'<li><span class="soft">{escape(change.label)}</span> {old}<ins>{_cut(change.new or "—", 300)}</ins></li>'


def _cut(text: str, most: int) -> str:
    return escape(text if len(text) <= most else f"{text[: most - 1]}…")


class Values:
    """Draws the values of one record, each with the pen that changes it; the frame of the page has its picture."""

    def __init__(self, record: Any) -> None:
        self.address, self.words = escape(record.get_absolute_url()), escape(_("%(field)sを変更"))
        self.uid = str(record.uid)

    def value(self, shown: Shown, name: str = "", *, everywhere: bool = False) -> str:
        """`name` is the field's, where it is known already. With `everywhere` htmx puts the value in each place of the
        page where it stands.
        """
        place = f"{self.uid}/{shown.field.key}"
        marks = (" data-number" if shown.number else "") + (" data-blank" if shown.empty else "")
        if everywhere:
            marks += EVERYWHERE.format(place=place, uid=self.uid, key=shown.field.key)
        drawn = NOTHING if shown.empty else self._drawn(shown)
        pen = self._pen(shown, name or escape(shown.field.name)) if shown.editable else ""
        return f'<div class="value" data-value="{place}"{marks}>{drawn}{pen}</div>'

    def _drawn(self, shown: Shown) -> str:
        """A long text shows its beginning; the whole of it under the mouse, and where it is changed."""
        if len(shown.text) <= LONG and shown.text.count("\n") < LINES:
            return shown.html
        return f'<span class="long" title="{escape(shown.text)}">{shown.html}</span>'

    def in_head(self, values: Iterable[Shown]) -> str:
        return "".join([f"<div>{self._pair(shown)}</div>" for shown in values])

    def in_section(self, values: Iterable[Shown]) -> str:
        return "".join([self._row(shown) for shown in values])

    def _row(self, shown: Shown) -> str:
        return f'<div class="value-row">{self._pair(shown)}</div>'

    def _pair(self, shown: Shown) -> str:
        name = escape(shown.field.name)
        return f"<dt>{name}</dt><dd>{self.value(shown, name)}</dd>"

    def _pen(self, shown: Shown, name: str) -> str:
        words = self.words % {"field": name}
        return PEN.format(address=self.address, key=shown.field.key, words=words)
