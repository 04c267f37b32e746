"""Reads in a process of its own, so that the engine's memory goes back and a hostile file breaks nobody else's work.

The worker calls `read_apart` where it would call `read`. The process is started at the first file, serves one file at
a time, and ends when nothing came for five minutes. A process that dies is started anew and asked once more: it may
have been another's doing (the system was short of memory). A file that brings it down twice, or that takes too much
time or memory, is told as one that was given up, and whoever asked goes on.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import subprocess  # noqa: S404 - it starts this program again, nothing that comes from outside
import sys
import threading
import time
from dataclasses import dataclass
from typing import IO, Any

from daifuku.cards.reading import results
from daifuku.cards.reading.reader import read
from daifuku.cards.reading.results import Box, Line, NotAPicture, Proposal, Reading

_SECONDS = 180.0
_IDLE_SECONDS = 300.0
_COMMAND = [sys.executable, "-c", f"from {__name__} import serve; serve()"]
# What the process may take at most; the engine needs less than half of it.
_MOST_BYTES = 3 * 1024**3
_REFUSALS = {
    "not_a_picture": results.unreadable,
    "truncated": results.cut_off,
    "too_large": results.too_large,
    "blank": results.blank,
    "locked": results.locked,
    "given_up": results.given_up,
}


@dataclass(frozen=True)
class Effort:
    """What the last file took: CPU seconds in the other process, and the most memory it has ever held, in MB."""

    seconds: float
    megabytes: float


def read_apart(data: bytes, name: str = "") -> list[Reading]:
    """The same as `read`, in the other process."""
    return _child.ask(data)


def effort() -> Effort:
    """Of the last file that was read apart; for measuring."""
    return _child.effort


class _Child:
    """The other process, as long as there is one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._end: threading.Timer | None = None
        self.effort = Effort(0.0, 0.0)

    def ask(self, data: bytes) -> list[Reading]:
        with self._lock:
            if self._end is not None:
                self._end.cancel()
            answer = self._asked(data) or self._asked(data)
            if answer is None:
                raise results.given_up()
            self.effort = Effort(*answer["effort"])
            self._end = threading.Timer(_IDLE_SECONDS, self.close)
            self._end.daemon = True
            self._end.start()
        return _readings(answer)

    def _asked(self, data: bytes) -> dict[str, Any] | None:
        """None where the process died over it. Raises NotAPicture when it took too long."""
        process = self._running()
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(_SECONDS, end)
        clock.start()
        try:
            return _exchange(process, data)
        except (OSError, EOFError, ValueError):
            process.kill()
            process.wait()
            self._process = None
            if late.is_set():
                raise results.given_up() from None
            return None
        finally:
            clock.cancel()

    def close(self) -> None:
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.wait()
                self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 - this program itself
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._process


_child = _Child()


def _exchange(process: subprocess.Popen[bytes], data: bytes) -> dict[str, Any]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    _send(process.stdin, data)
    answer: dict[str, Any] = json.loads(_receive(process.stdout))
    return answer


def _send(stream: IO[bytes], content: bytes) -> None:
    stream.write(len(content).to_bytes(8, "big") + content)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    size = int.from_bytes(head, "big")
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


def _readings(answer: Any) -> list[Reading]:
    if "refused" in answer:
        error = _REFUSALS.get(answer["refused"], results.unreadable)()
        error.picture = base64.b64decode(answer.get("picture", ""))
        raise error
    return [
        Reading(
            base64.b64decode(card["picture"]),
            [Line(text, Box(*box), confidence) for text, box, confidence in card["lines"]],
            {
                key: Proposal(value, Box(*box) if box else None, sure)
                for key, (value, box, sure) in card["fields"].items()
            },
            card["hard"],
        )
        for card in answer["cards"]
    ]


def _answer(data: bytes) -> dict[str, Any]:
    try:
        readings = read(data)
    except NotAPicture as error:
        return {"refused": error.code, "picture": base64.b64encode(error.picture).decode()}
    except MemoryError:
        return {"refused": "given_up"}
    return {
        "cards": [
            {
                "picture": base64.b64encode(each.picture).decode(),
                "lines": [(line.text, line.box, line.confidence) for line in each.lines],
                "fields": {key: (one.value, one.box, one.confidence) for key, one in each.fields.items()},
                "hard": each.hard,
            }
            for each in readings
        ]
    }


def serve() -> None:
    """Answers files until there are no more."""
    resource.setrlimit(resource.RLIMIT_DATA, (_MOST_BYTES, _MOST_BYTES))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # What a library prints must not stand among the answers.
    while True:
        try:
            data = _receive(sys.stdin.buffer)
        except EOFError:
            return
        start = time.process_time()
        answer = _answer(data)
        answer["effort"] = (time.process_time() - start, _most_memory())
        _send(answers, json.dumps(answer).encode())


def _most_memory() -> float:
    """In MB, of this process alone: what getrusage tells begins with the memory of whoever started it."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
