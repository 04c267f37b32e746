"""A few hundred at a time: databases take only so many values in a question, and others wait while one is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
USUAL = 400


def portions(items: Sequence[Item], size: int = USUAL) -> Iterator[Sequence[Item]]:
    """In their order; nothing of nothing."""
    return (items[start : start + size] for start in range(0, len(items), size))


def pieces(rows: Any, size: int = USUAL) -> Iterator[list[Any]]:
    """Rows of a table by their keys, each piece asked for when the one before is done: no cursor stays open meanwhile,
    and what was done with one piece may take rows out of those to come."""
    rows, last = rows.order_by("pk"), 0
    while True:
        piece = list(rows.filter(pk__gt=last)[:size])
        if piece:
            yield piece
            last = piece[-1].pk
        if len(piece) < size:
            return
