"""Work that waits for others, other servers above all: threads of its own in the worker; nobody waits with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Lane:
    """`turn()` does one thing and says whether there was one; it claims in the database, as every worker does."""

    name: str
    turn: Callable[[], bool]
    threads: int


_lanes: dict[str, Lane] = {}


def register(name: str, turn: Callable[[], bool], *, threads: int) -> None:
    _lanes[name] = Lane(name, turn, threads)


def every() -> list[Lane]:
    return [_lanes[name] for name in sorted(_lanes)]
