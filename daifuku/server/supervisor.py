"""The parent of all processes: starts them, starts a died one again, and stops them in order.

A child that dies at once again and again waits longer each time, up to half a minute, so that a broken setting does not
burn the machine. Children live in sessions of their own: Ctrl-C reaches the parent alone, who ends the web processes
first (requests under way are answered) and the worker after them.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from types import FrameType

STOP_SECONDS = 20.0
HEALTHY_SECONDS = 10.0
LONGEST_PAUSE = 30.0
TICK_SECONDS = 0.1
log = logging.getLogger("daifuku.server")


class Child:
    """One process that shall always run."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name, self.command = name, command
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = 0.0
        self.start_at = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 the commands are our own
            self.command, start_new_session=True, stdin=subprocess.DEVNULL, preexec_fn=_end_with_parent
        )
        self.started = time.monotonic()

    def look(self) -> None:
        """Notices an end, and starts again when the pause is over."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        lived = now - self.started
        self.pause = 0.0 if lived > HEALTHY_SECONDS else min(LONGEST_PAUSE, max(0.5, self.pause * 2))
        self.start_at = now + self.pause
        self.process = None
        log.error(
            "%s ended (%s) after %.0f s; it starts again in %.1f s", self.name, status, lived, self.pause
        )

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def stop(self, patience: float) -> None:
        self.signal(signal.SIGTERM)
        if self.process is not None:
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                log.error("%s did not stop within %.0f s and was ended", self.name, patience)
                _end_session(self.process.pid)
                self.process.wait()


class Supervisor:
    """Keeps the children running until the person or the machine says stop."""

    def __init__(self, children: Sequence[Child], *, hourly: Callable[[], bool] = lambda: False) -> None:
        self.children = children
        self.hourly = hourly
        self.asked_to_stop = threading.Event()
        self.hurry = False

    def run(self, when_started: Callable[[], None]) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked)
        for child in self.children:
            child.look()
        greeting = threading.Thread(target=when_started, daemon=True)
        greeting.start()
        next_hour = time.monotonic() + 3600
        while not self.asked_to_stop.wait(TICK_SECONDS):
            for child in self.children:
                child.look()
            if time.monotonic() > next_hour:
                next_hour += 3600
                if self.hourly():
                    self.children[0].signal(signal.SIGHUP)
        for child in self.children:
            child.stop(0 if self.hurry else STOP_SECONDS)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        """Asked twice: end at once."""
        if self.asked_to_stop.is_set():
            self.hurry = True
            for child in self.children:
                child.signal(signal.SIGKILL)
        self.asked_to_stop.set()


def _end_session(leader: int) -> None:
    """Ends a child and everything that it started: they share its session."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _end_with_parent() -> None:
    """Linux ends the child when the parent is killed and cannot stop it any more (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
