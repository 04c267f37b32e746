"""Clients that write without pause while the server dies, and remember what was acknowledged to them.

Each write has an Idempotency-Key of its own. When the line breaks or the server says that it is busy, the client sends
the same write with the same key again, as a good client does, until an answer comes. Afterwards every acknowledged
write must be stored exactly once.
"""

from __future__ import annotations

import http.client
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.server import Answer, Server, new_key

TRY_AGAIN = {429, 502, 503, 504}
# Method, address, what is sent, and headers of this one write.
Request = tuple[str, str, Any, dict[str, str]]


@dataclass(frozen=True)
class Acknowledged:
    number: int
    key: str
    tries: int
    answer: Answer


class Writers:
    """`with Writers(server, request, count=6) as writers:`; request(number) says what the write is."""

    def __init__(
        self,
        server: Server,
        request: Callable[[int], Request],
        *,
        count: int,
        headers: dict[str, str] | None = None,
        patience: float = 60,
    ) -> None:
        self.server, self.request, self.headers, self.patience = server, request, headers or {}, patience
        self.acknowledged: list[Acknowledged] = []
        self.refused: list[Answer] = []
        self.gave_up: list[int] = []
        self.sent_away: list[Answer] = []
        self._numbers = itertools.count(1)
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write_on, daemon=True) for _number in range(count)]

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        """Every client finishes the write it is at, so that nothing is left unanswered."""
        self._stop.set()
        for thread in self._threads:
            thread.join(self.patience + 15)

    @property
    def repeated(self) -> int:
        """How many acknowledged writes needed more than one try: those are what the test is about."""
        return sum(1 for each in self.acknowledged if each.tries > 1)

    def _write_on(self) -> None:
        while not self._stop.is_set():
            self._write(next(self._numbers))

    def _write(self, number: int) -> None:
        method, path, data, own = self.request(number)
        key, deadline, tries = new_key(), time.monotonic() + self.patience, 0
        while time.monotonic() < deadline:
            tries += 1
            try:
                headers = {**self.headers, **own, "Idempotency-Key": key}
                answer = self.server.ask(method, path, data, headers=headers)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            if answer.status in TRY_AGAIN or "retry-after" in answer.headers:
                self.sent_away.append(answer)
                time.sleep(0.1)
                continue
            if answer.status < 300:
                self.acknowledged.append(Acknowledged(number, key, tries, answer))
            else:
                self.refused.append(answer)
            return
        self.gave_up.append(number)
