"""お客様シート: what somebody who was not there needs to know of a customer, on one page.

The clerk, the purchaser, the accountant read it instead of asking. Rooms above add their parts with `register` from
`apps.ready()`; the page, the API and whoever prints a hand-over read them with `sections_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer

MOST = 8


@dataclass(frozen=True)
class Item:
    """One line: of values what it is called and what it is; of lists what it is, and more about it in `text`.

    `words` are coloured words (label, colour), `url` is where it leads, `late` that it should be over.
    """

    label: str
    text: str = ""
    url: str = ""
    words: Sequence[tuple[str, str]] = ()
    note: str = ""
    late: bool = False


@dataclass(frozen=True)
class Section:
    """`items(record, viewer, today)` gives only what the viewer may see, and None where he may not know of such things
    at all: then the section is not there. `empty` says that there is nothing yet.
    """

    key: str
    label: Any
    items: Callable[[Any, Viewer, date], Sequence[Item] | None]
    order: int = 50
    values: bool = False
    empty: Any = ""
    objects: Sequence[str] = ("account", "lead")


@dataclass(frozen=True)
class Filled:
    """A section with what it tells of one customer."""

    key: str
    label: str
    values: bool
    items: Sequence[Item]
    empty: str


_sections: dict[str, Section] = {}


def register(*sections: Section) -> None:
    for section in sections:
        _sections[section.key] = section


def has_sheet(object_key: str) -> bool:
    return any(object_key in section.objects for section in _sections.values())


def sections_of(record: Any, viewer: Viewer, today: date) -> list[Filled]:
    """In their order; what this person may not know of is left out, and so is what has no sentence for being empty."""
    found = []
    for section in sorted(_sections.values(), key=lambda each: (each.order, each.key)):
        items = section.items(record, viewer, today) if record.object_key in section.objects else None
        if items is not None and (items or section.empty):
            found.append(Filled(section.key, str(section.label), section.values, items, str(section.empty)))
    return found
