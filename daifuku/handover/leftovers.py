"""What hangs on a person and does not move by itself, because somebody has to decide: the preview lists it.

Rooms above add theirs with `register` from `apps.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Leftover:
    """`find(giver, viewer)` gives names and addresses of what is left; `hint` says what to do with it."""

    key: str
    label: Any
    hint: Any
    find: Callable[[Person, Viewer], Sequence[tuple[str, str]]]
    order: int = 50


@dataclass(frozen=True)
class Left:
    """What was found of one kind."""

    key: str
    label: str
    hint: str
    names: Sequence[tuple[str, str]]


_kinds: dict[str, Leftover] = {}


def register(*kinds: Leftover) -> None:
    for kind in kinds:
        _kinds[kind.key] = kind


def of(giver: Person, viewer: Viewer) -> list[Left]:
    found = []
    for kind in sorted(_kinds.values(), key=lambda each: (each.order, each.key)):
        if names := list(kind.find(giver, viewer)):
            found.append(Left(kind.key, str(kind.label), str(kind.hint), names))
    return found
