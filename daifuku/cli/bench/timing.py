"""How long something takes, how much of that the database takes, and how often it is asked."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from django.db import connection

WARMING, TURN = 5, 10


@dataclass
class Measured:
    """Milliseconds of every time, and how many queries were asked."""

    name: str
    target: str = ""
    times: list[float] = field(default_factory=list)
    in_database: list[float] = field(default_factory=list)
    in_python: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    size: int = 0
    rate: float = 0

    def at(self, percent: int) -> float:
        if len(self.times) < 2:
            return self.times[0]
        return quantiles(self.times, n=100, method="inclusive")[percent - 1]

    @property
    def asked(self) -> int:
        """The least: the first times read what is kept."""
        return min(self.counts)

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

    def measure_once(self) -> Measured:
        """Of what is done at night, or in the background."""
        measured = Measured(self.name, self.target)
        self._ask_into(measured, 2)
        return measured

    def measure(self, times: int) -> Measured:
        return measured_in_turns([self], times)[0]

    def _ask_into(self, measured: Measured, number: int) -> None:
        with clocked() as clock:
            started, busy = time.perf_counter(), time.thread_time()
            measured.size = self.ask(number)
            measured.in_python.append((time.thread_time() - busy) * 1000)
            measured.times.append((time.perf_counter() - started) * 1000)
        measured.in_database.append(clock.seconds * 1000)
        measured.counts.append(clock.count)


def measured_in_turns(questions: Sequence[Question], times: int) -> list[Measured]:
    """Each a few times, then the next, again and again: where the machine is slow for a minute, it is so for all."""
    found = [Measured(question.name, question.target) for question in questions]
    for question in questions:
        for number in range(WARMING):
            question.ask(-1 - number)
    gc.collect()
    for first in range(0, times, TURN):
        for question, measured in zip(questions, found, strict=True):
            for number in range(first, min(first + TURN, times)):
                question._ask_into(measured, number)
    return found
