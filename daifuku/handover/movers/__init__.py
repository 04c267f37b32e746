"""What moves in a hand-over: customers first, then all that belongs to them or to the person.

Rooms above add theirs with `register` from `apps.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

Customer = tuple[str, int]
Refused = tuple[int, str]


@dataclass(frozen=True)
class Found:
    """Something that moves: its key, and the firm or lead that it belongs to; None belongs to the person alone."""

    key: int
    customer: Customer | None = None


@dataclass(frozen=True)
class Mover:
    """`find(giver, viewer)` gives what this viewer may move; `names(keys, viewer)` (name, address) of some of them.
    `move(keys, giver, to, by)` moves them, inside the cause of the hand-over, and returns those that stay, with a
    sentence: it must be harmless to call it twice. Its lines in the ledger can be undone."""

    key: str
    label: Any
    find: Callable[[Person, Viewer], Iterable[Found]]
    names: Callable[[Sequence[int], Viewer], Sequence[tuple[str, str]]]
    move: Callable[[Sequence[int], Person, Person, Person], Sequence[Refused]]
    order: int = 50
    customers: bool = False


_movers: dict[str, Mover] = {}
# Fills the movers of the rooms below when they are first asked for: those rooms are ready after this one.
late: Callable[[], None] | None = None


def register(*movers: Mover) -> None:
    for mover in movers:
        _movers[mover.key] = mover


def every() -> list[Mover]:
    """Customers first: what belongs to them is then as open as they are."""
    global late
    if late is not None:
        fill, late = late, None
        fill()
    return sorted(_movers.values(), key=lambda each: (each.order, each.key))


def get(key: str) -> Mover | None:
    return _movers.get(key)
