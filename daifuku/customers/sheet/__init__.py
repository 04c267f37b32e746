"""お客様シート: what somebody who was not there needs to know of a customer, on one page.

The clerk, the purchaser, the accountant read it instead of asking. Rooms above add their parts with `register` from
`apps.ready()`; the page, the API and whoever prints a hand-over read them with `sections_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


Items = Callable[[Any, "Viewer", date], "Sequence[Item] | None"]
# Of records of one kind: what then gives the items of each, without a question of its own.
Ahead = Callable[[Sequence[Any], "Viewer"], Items]


@dataclass(frozen=True)
class Section:
    """`items(record, viewer, today)` gives only what the viewer may see, and None where he may not know of such things
    at all: then the section is not there. `empty` says that there is nothing yet. `ahead(records, viewer)` asks the
    database for all customers of a page at once; without it `items` asks for each.
    """

    key: str
    label: Any
    items: Callable[[Any, Viewer, date], Sequence[Item] | None]
    order: int = 50
    values: bool = False
    empty: Any = ""
    objects: Sequence[str] = ("account", "lead")
    ahead: Ahead | None = None


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
    return _filled(record, viewer, today, {})


def sections_of_many(
    records: Sequence[Any], viewer: Viewer, today: date
) -> dict[tuple[str, int], list[Filled]]:
    """The same of many, by kind and key: as many questions as for one, where sections ask ahead."""
    found: dict[tuple[str, int], list[Filled]] = {}
    for kind in {record.object_key for record in records}:
        own = [record for record in records if record.object_key == kind]
        ahead = {
            section.key: section.ahead(own, viewer)
            for section in _sections.values()
            if section.ahead is not None and kind in section.objects
        }
        found |= {(kind, record.pk): _filled(record, viewer, today, ahead) for record in own}
    return found


def _filled(record: Any, viewer: Viewer, today: date, ahead: Mapping[str, Items]) -> list[Filled]:
    found = []
    for section in sorted(_sections.values(), key=lambda each: (each.order, each.key)):
        if record.object_key not in section.objects:
            continue
        items = ahead.get(section.key, section.items)(record, viewer, today)
        if items is not None and (items or section.empty):
            found.append(Filled(section.key, str(section.label), section.values, items, str(section.empty)))
    return found
