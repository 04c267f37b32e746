"""How far a long piece of work is: told to a job, to a terminal, or to nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Progress(Protocol):
    """What `jobs.running.Running` offers. `advance` is called in the transaction of the batch that it counts."""

    @property
    def cancelled(self) -> bool: ...

    def expect(self, total: int) -> None: ...

    def advance(self, count: int = 1) -> None: ...


class Told:
    """Calls `tell(done, total)` after each batch."""

    cancelled = False

    def __init__(self, tell: Callable[[int, int], None] = lambda done, total: None) -> None:
        self.done, self.total, self._tell = 0, 0, tell

    def expect(self, total: int) -> None:
        self.total = total

    def advance(self, count: int = 1) -> None:
        self.done += count
        self._tell(self.done, self.total)
