"""The kinds of lines: what each is called, how it reads, which of its values are about a person, how it is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from daifuku.ledger.models import Event


@dataclass
class Undone:
    """How many things were taken back; which could not be, and why."""

    done: int = 0
    kept: list[tuple[int, str]] = field(default_factory=list)


Undo = Callable[[Event, Any], Undone]


@dataclass(frozen=True)
class Kind:
    """One kind of line.

    `sentence` is a translatable sentence with the placeholders {actor} and {subject}; `personal` names the keys of
    `data` that hold personal data (`changes` stands for every changed value); `undo(event, by)` reverses it;
    `quiet` lines (reads) are left out of a record's timeline, and so is what is `apart`: about people who work here,
    though it names a record. `detail` is the key of `data` that is shown below the
    sentence: a comment's words, a file's name.
    """

    key: str
    label: Any
    sentence: Any
    icon: str = "dot"
    personal: frozenset[str] = frozenset({"changes"})
    undo: Undo | None = None
    quiet: bool = False
    detail: str = ""
    apart: bool = False


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    for kind in kinds:
        if kind.key in _kinds and _kinds[kind.key] != kind:
            raise ValueError(f"two kinds of lines are called {kind.key}")
        _kinds[kind.key] = kind


def get(key: str) -> Kind:
    return _kinds[key]


def every() -> Iterable[Kind]:
    return [_kinds[key] for key in sorted(_kinds)]


def untold_keys() -> list[str]:
    """What no record's history shows."""
    return [kind.key for kind in _kinds.values() if kind.quiet or kind.apart]


def quiet_keys() -> list[str]:
    return [kind.key for kind in _kinds.values() if kind.quiet]
