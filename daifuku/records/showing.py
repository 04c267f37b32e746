"""How a value looks to the person who reads it: text, coloured word, link, and no name of what he may not see."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from daifuku.foundation import drawing
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Choice, FileLink, LongText, MultiChoice, RecordLink
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

NOT_DIALLED = re.compile(r"[^\d+]")
SAFE_LINKS = ("http://", "https://")


@dataclass(slots=True)
class Shown:
    """One value of one record; `kind` picks what draws it (`DRAWN`)."""

    field: Field
    kind: str
    text: str
    value: Any = None
    link: str = ""
    chips: tuple[tuple[str, str], ...] = ()
    editable: bool = False

    @property
    def empty(self) -> bool:
        return not self.text

    @property
    def html(self) -> SafeString | str:
        """The value as it stands on a page."""
        return DRAWN.get(self.kind, _plain)(self)

    @property
    def number(self) -> bool:
        return self.field.type.numeric


def show(field: Field, record: Any, viewer: Viewer, *, editable: bool = False) -> Shown:
    if field.broken:
        return Shown(field, "text", _("使われている項目がありません"))
    return show_value(field, field.get(record), viewer, editable=editable)


def show_value(field: Field, value: Any, viewer: Viewer, *, editable: bool = False) -> Shown:
    """A value by itself, whatever record it stands in."""
    if field.type.is_empty(value):
        return Shown(field, "text", "", editable=editable)
    if isinstance(field.type, RecordLink):
        return _show_link(field, value, viewer, editable)
    if isinstance(field.type, FileLink):
        return _show_file(field, value, viewer, editable)
    if isinstance(field.type, Choice):
        options = [
            field.type.option(key) for key in (value if isinstance(field.type, MultiChoice) else [value])
        ]
        chips = tuple((option.name, option.colour) for option in options)
        words = chips[0][0] if len(chips) == 1 else field.type.display(value)
        return Shown(field, "chips", words, value, chips=chips, editable=editable)
    text = field.type.display(value)
    kind, link = _kind_and_link(field, value)
    return Shown(field, kind, text, value, link, editable=editable)


def _show_link(field: Field, other: Any, viewer: Viewer, editable: bool) -> Shown:
    if not sees(viewer, other, "view"):
        return Shown(field, "text", hidden_name(other.object_key), editable=False)
    return Shown(field, "record", str(other), other, other.get_absolute_url(), editable=editable)


def _show_file(field: Field, attachment: Any, viewer: Viewer, editable: bool) -> Shown:
    record = registry.get(attachment.object).model.plain.filter(pk=attachment.record_id).first()
    if attachment.trashed_at is not None or record is None or not sees(viewer, record, "view"):
        return Shown(field, "text", _("非公開のファイル"), editable=editable)
    number = attachment.current.number if attachment.current else 1
    link = f"{record.get_absolute_url()}files/{attachment.uid}/{number}/"
    return Shown(field, "record", attachment.name, attachment, link, editable=editable)


def hidden_name(object_key: str) -> str:
    """What stands for a record that exists but is not for this person."""
    return _("非公開の%(object)s") % {"object": registry.get(object_key).name}


def _kind_and_link(field: Field, value: Any) -> tuple[str, str]:
    widget = field.type.widget
    if widget == "tel":
        return "phone", f"tel:{NOT_DIALLED.sub('', str(value).partition('内線')[0])}"
    if widget == "email":
        return "email", f"mailto:{value}"
    if widget == "url":
        return "url", value if str(value).startswith(SAFE_LINKS) else ""
    if widget == "person":
        return "person", ""
    if widget == "date":
        return "day", ""
    if widget == "datetime":
        return "moment", ""
    return ("lines" if isinstance(field.type, LongText) else "text"), ""


def _plain(shown: Shown) -> SafeString:
    return SafeString(escape(shown.text))


def _chips(shown: Shown) -> SafeString:
    return SafeString(" ".join(drawing.chip(label, colour) for label, colour in shown.chips))


def _linked(shown: Shown) -> SafeString:
    return SafeString(f'<a href="{escape(shown.link)}">{escape(shown.text)}</a>')


def _web_address(shown: Shown) -> SafeString:
    if not shown.link:
        return _plain(shown)
    link = f'<a href="{escape(shown.link)}" rel="noopener noreferrer nofollow" target="_blank">'
    return SafeString(f"{link}{escape(shown.text)}</a>")


def _lines(shown: Shown) -> SafeString:
    lines = escape(shown.text).replace("\n", "<br>")
    return SafeString(f'<span class="lines">{lines}</span>')


DRAWN: dict[str, Callable[[Shown], SafeString | str]] = {
    "chips": _chips,
    "record": _linked,
    "phone": _linked,
    "email": _linked,
    "url": _web_address,
    "person": lambda shown: drawing.person(shown.value),
    "day": lambda shown: drawing.day(shown.value),
    "moment": lambda shown: drawing.moment(shown.value),
    "lines": _lines,
}
