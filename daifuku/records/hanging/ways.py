"""How what hangs on a record goes along when the record does: rooms say what is special about theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q

if TYPE_CHECKING:
    from daifuku.records.hanging.moving import Turn

Image = dict[str, Any]
REFUSE, DROP, STAY, EMPTY = "refuse", "drop", "stay", "empty"


@dataclass(frozen=True)
class Way:
    """How the rows of one column go along.

    `clash` is what becomes of a row where the other record has one already that must be there once: DROP takes it
    away, STAY leaves it where it is, EMPTY moves it with `emptied` as its values, REFUSE is a mistake of the program.
    Rows like another one in all of `alike` are one row too many, if they meet `alike_only`. Those that meet `gone` are
    meant for the old record alone and are taken away. `ends` are the two columns of a row that leads from one record
    to another: never to itself. `label` is what people read of it; without one nobody is told how many there are.
    What is taken away comes back with the record.
    """

    moves: bool = True
    clash: str = REFUSE
    emptied: Mapping[str, Any] = field(default_factory=dict)
    alike: tuple[str, ...] = ()
    alike_only: Q | None = None
    gone: Q | None = None
    ends: tuple[str, ...] = ()
    label: Any = ""
    only: Q | None = None


@dataclass(frozen=True)
class Special:
    """What is no plain column: `move(turn)` does it and returns what was before, as `rehang` does."""

    key: str
    move: Callable[[Turn], list[Image]]


# What is reckoned from what hangs on a record: kind of record and keys of those that lost or won something.
Afterwards = Callable[[str, Sequence[int]], None]

STAYS = Way(moves=False)
_ways: dict[str, Way] = {}
_specials: dict[str, Special] = {}
_afterwards: dict[str, Afterwards] = {}


def say(ways: Mapping[str, Way]) -> None:
    """By the name of the place: `billing.CreditLimit.account`. Call from `apps.ready()`."""
    _ways.update(ways)


def say_special(*specials: Special) -> None:
    for special in specials:
        _specials[special.key] = special


def say_afterwards(key: str, reckon: Afterwards) -> None:
    """`reckon(kind, keys)` runs in the transaction, when all has been moved or put back."""
    _afterwards[key] = reckon


def afterwards() -> list[Afterwards]:
    return [_afterwards[key] for key in sorted(_afterwards)]


def way_of(name: str) -> Way:
    return _ways.get(name, Way())


def said() -> dict[str, Way]:
    """For the test that asks whether somebody has thought of every place."""
    return dict(_ways)


def specials() -> list[Special]:
    return [_specials[key] for key in sorted(_specials)]
