"""A few hundred at a time: databases take only so many values in a question, and others wait while one is answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
USUAL = 400


def portions(items: Sequence[Item], size: int = USUAL) -> Iterator[Sequence[Item]]:
    """In their order; nothing of nothing."""
    return (items[start : start + size] for start in range(0, len(items), size))
