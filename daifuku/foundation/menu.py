"""Where each page is found in the program: areas add their entries, the shell draws them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from daifuku.foundation.reversing import url_of

# The orders at which a new part of the main menu begins: the day, customers, trade, talks, the firm.
PARTS = (10, 30, 40, 70)
PLACES = ("main", "phone", "settings.people", "settings.records", "settings.system", "account", "new")


@dataclass(frozen=True)
class Entry:
    """One way to a page. `url` is the name of its address with `arguments`; `power` is what a person needs to see it,
    `object` and `action` what he must be allowed to do with such records. `bar`: it stands at the foot of a phone too,
    where there is room for very few. `count` names the address that says how much waits there."""

    place: str
    label: Any = field(compare=False)
    url: str
    icon: str = "dot"
    order: int = 50
    power: str = ""
    object: str = ""
    action: str = "view"
    help: Any = ""
    arguments: tuple[str, ...] = ()
    bar: bool = False
    count: str = ""

    @property
    def address(self) -> str:
        return url_of(self.url, *self.arguments)

    @property
    def part(self) -> int:
        """Entries of one part stand together, a gap apart from the others."""
        return sum(self.order >= begins for begins in PARTS)

    @property
    def waiting(self) -> str:
        return url_of(self.count) if self.count else ""

    def open_to(self, viewer: Any) -> bool:
        if self.power and not viewer.has_power(self.power):
            return False
        return not self.object or bool(viewer.may(self.object, self.action))


_entries: list[Entry] = []
# What a firm does without stands nowhere: areas above add `hides(entry)`, which asks the database nothing each time.
hidden: list[Callable[[Entry], bool]] = []


def add(*entries: Entry) -> None:
    for entry in entries:
        if entry.place not in PLACES:
            raise ValueError(f"the shell has no place {entry.place!r}")
        # Not by comparing labels: a lazy one may ask the database, which is not there yet on the first start.
        if not any(_same(entry, known) for known in _entries):
            _entries.append(entry)


def _same(one: Entry, other: Entry) -> bool:
    return (one.place, one.url, one.arguments) == (other.place, other.url, other.arguments)


def _hidden(entry: Entry) -> bool:
    return any(hides(entry) for hides in hidden)


def entries(place: str, viewer: Any) -> list[Entry]:
    """What this person finds at this place, in order."""
    found = [
        entry for entry in _entries if entry.place == place and entry.open_to(viewer) and not _hidden(entry)
    ]
    return sorted(found, key=lambda entry: (entry.order, str(entry.label)))
