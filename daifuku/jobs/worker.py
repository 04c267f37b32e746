"""The process that works while people do something else: jobs from the queue, and what is due again and again."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.db import DatabaseError, close_old_connections, connections

from daifuku.jobs import lanes, queue, running, schedule
from daifuku.jobs.looking_out import Lookout

logger = logging.getLogger(__name__)
IDLE_SECONDS = 0.5
LONGEST_PAUSE = 5.0
PATIENCE_SECONDS = 15.0
JOB_THREADS = 2
SCHEDULE_THREADS = 2


class Worker:
    """A few threads, of each kind one asks again and again whether there is something to do.

    Jobs, recurring duties and what waits for other servers have threads of their own, so that an import of an hour
    holds up neither the sealing of the ledger nor the mail. Every thread claims in the database, exactly as another
    worker process would.
    """

    def __init__(self, *, jobs: int = JOB_THREADS, schedules: int = SCHEDULE_THREADS) -> None:
        self._stop = threading.Event()
        kinds = [("job", self._one_job, jobs), ("schedule", schedule.run_due, schedules)]
        kinds += [(lane.name, lane.turn, lane.threads) for lane in lanes.every()]
        self._threads = [
            threading.Thread(target=self._work, args=(turn, lookout), name=f"{name}-{number}", daemon=True)
            for name, turn, count in kinds
            for lookout in [Lookout()]
            for number in range(count)
        ]

    def run(self) -> None:
        """Until SIGTERM or SIGINT; then every thread ends the batch at hand and gives its job back."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked_to_stop)
        self.start()
        while not self._stop.wait(60):
            pass
        self.join()

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()

    def join(self) -> None:
        """A handler that does not come to an end is left behind; the end of its lease frees the job."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()

    def _one_job(self) -> bool:
        job = queue.claim()
        if job is not None:
            running.carry_out(job, self._stop.is_set)
        return job is not None

    def _work(self, turn: Callable[[], bool], lookout: Lookout) -> None:
        """Whatever goes wrong, also a database that is away, the thread tries again, with growing pauses."""
        pause, prepared = IDLE_SECONDS, False
        while not self._stop.is_set():
            if not lookout.is_mine():
                self._stop.wait(IDLE_SECONDS)
                continue
            try:
                close_old_connections()
                if not prepared:
                    schedule.prepare()
                    prepared = True
                while not self._stop.is_set() and turn():
                    close_old_connections()
                pause = IDLE_SECONDS
            except Exception as error:
                _complain(error)
                connections.close_all()
                pause = min(LONGEST_PAUSE, pause * 2)
            lookout.came_back()
            self._stop.wait(pause)
        connections.close_all()


def _complain(error: Exception) -> None:
    """A database that is away is one line, a mistake of ours the whole story."""
    if isinstance(error, DatabaseError):
        logger.warning("the worker cannot work: %s", str(error).strip())
    else:
        logger.error("the worker cannot work", exc_info=error)
