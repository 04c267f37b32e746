"""How long something takes, how much of that the database takes, and how often it is asked."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from django.db import connection

WARMING = 5


@dataclass
class Measured:
    """Milliseconds of every time; `asked` is the least number of queries (the first times read what is kept)."""

    name: str
    target: str = ""
    times: list[float] = field(default_factory=list)
    in_database: list[float] = field(default_factory=list)
    in_python: list[float] = field(default_factory=list)
    asked: int = 0
    size: int = 0
    rate: float = 0

    def at(self, percent: int) -> float:
        if len(self.times) < 2:
            return self.times[0]
        return quantiles(self.times, n=100, method="inclusive")[percent - 1]

    @property
    def database(self) -> float:
        return median(self.in_database)

    @property
    def cpu(self) -> float:
        """Of this process alone: what a quiet machine would need."""
        return median(self.in_python)


class Clock:
    """Adds up what the queries of one time took."""

    def __init__(self) -> None:
        self.seconds, self.count = 0.0, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - started
            self.count += 1


@contextmanager
def clocked() -> Iterator[Clock]:
    clock = Clock()
    with connection.execute_wrapper(clock):
        yield clock


@dataclass
class Question:
    """`ask(number)` is done again and again, with another record each time; it returns the size of the answer."""

    name: str
    ask: Callable[[int], int]
    target: str = ""

    def measure(self, times: int) -> Measured:
        for number in range(WARMING):
            self.ask(-1 - number)
        measured = Measured(self.name, self.target)
        counts = []
        gc.collect()
        for number in range(times):
            with clocked() as clock:
                started, busy = time.perf_counter(), time.thread_time()
                measured.size = self.ask(number)
                measured.in_python.append((time.thread_time() - busy) * 1000)
                measured.times.append((time.perf_counter() - started) * 1000)
            measured.in_database.append(clock.seconds * 1000)
            counts.append(clock.count)
        measured.asked = min(counts)
        return measured
