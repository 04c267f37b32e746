"""What was written while a page was asked for, so that it offers to take back what it has done and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from daifuku.ledger.models import Event

if TYPE_CHECKING:
    from daifuku.ledger.writing import Line

_written: ContextVar[list[tuple[Event, Line]] | None] = ContextVar("ledger_written", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """The lines written inside are remembered. For one request: a job would remember a million."""
    token = _written.set([])
    try:
        yield
    finally:
        _written.reset(token)


def remember(events: Sequence[Event], lines: Sequence[Line]) -> None:
    written = _written.get()
    if written is not None:
        written.extend(zip(events, lines, strict=True))


def remembered() -> list[tuple[Event, Line]]:
    """In the order in which they were written; empty where nobody remembers."""
    return list(_written.get() or ())
