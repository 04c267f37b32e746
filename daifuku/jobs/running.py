"""What a handler holds while it works: the job, how far it is, and whether it should stop."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import translation

from daifuku.foundation.errors import DomainError
from daifuku.foundation.sql import write_transaction
from daifuku.jobs import handlers, leases, queue
from daifuku.jobs.models import Job

logger = logging.getLogger(__name__)


class Interrupted(BaseException):
    """The handler ends here. Not an Exception, so that a handler that collects the errors of rows lets it pass."""


class Stopping(Interrupted):
    """The worker was asked to end; the job is given back."""


class Lost(Interrupted):
    """The lease ended and somebody else works on the job; what is not committed yet must not be."""


class Running:
    """One attempt at a job.

    `state` is kept between attempts, `result` is shown in the end; both are saved by `advance()` and when the handler
    returns. Called inside the transaction of a batch, `advance()` commits with it: a batch and the knowledge that it
    was done are there together or not at all, which is what makes a killed job go on without doing anything twice.
    """

    def __init__(self, job: Job, stopping: Callable[[], bool] = lambda: False) -> None:
        self.job = job
        self.payload: dict[str, Any] = job.payload
        self.by = job.by
        self.state: dict[str, Any] = job.memory
        self.result: dict[str, Any] = job.result
        self._stopping = stopping
        self._saw_cancel = False

    def expect(self, total: int) -> None:
        """Says how much there is to do, so that the page can show a bar."""
        self._save(total=total)

    def advance(self, count: int = 1) -> None:
        """So much more is done. Once a batch, in the transaction of the batch.

        Attempts are counted from here anew: given up is what does not move, not what is long and was interrupted often.
        """
        self._save(done=F("done") + count, **({"attempts": 1} if count else {}))
        self._stop_if_asked()

    @property
    def cancelled(self) -> bool:
        """Whether the person wants it to stop; the handler looks between batches and returns."""
        self._stop_if_asked()
        self._saw_cancel = queue.held(self.job).filter(cancel_wanted=True).exists()
        return self._saw_cancel

    @property
    def was_stopped(self) -> bool:
        """Whether the handler has seen that the person wants it to stop."""
        return self._saw_cancel

    def _stop_if_asked(self) -> None:
        if self._stopping():
            raise Stopping

    def _save(self, **values: Any) -> None:
        with write_transaction():
            kept = queue.held(self.job).update(
                memory=self.state, result=self.result, due_at=leases.end_of_lease(), **values
            )
            if not kept:
                raise Lost
        self.job.refresh_from_db(fields=["done", "total"])


def carry_out(job: Job, stopping: Callable[[], bool] = lambda: False) -> None:
    """Runs the handler of a claimed job and writes down how it ended."""
    running = Running(job, stopping)
    try:
        with leases.kept_alive(lambda: queue.renew(job)), _surroundings(job):
            _handler(job).run(running)
    except Stopping:
        queue.give_back(job)
    except Lost:
        logger.warning("job %s %s was taken over by another worker", job.pk, job.kind)
    except DomainError as refusal:
        with translation.override(_language(job)):
            queue.finish(job, Job.State.FAILED, sentence=refusal.message)
    except Exception:
        logger.exception("job %s %s failed", job.pk, job.kind)
        queue.put_back(job, traceback.format_exc())
    else:
        state = Job.State.CANCELLED if running.was_stopped else Job.State.DONE
        queue.finish(job, state, memory=running.state, result=running.result)


def _surroundings(job: Job) -> ExitStack:
    stack = ExitStack()
    stack.enter_context(translation.override(_language(job)))
    for manager in handlers.around:
        stack.enter_context(manager(job))
    return stack


def _language(job: Job) -> str:
    """The sentences of a job are for the person who asked for it."""
    return getattr(job.by, "language", "") or settings.LANGUAGE_CODE


def _handler(job: Job) -> handlers.Handler:
    handler = handlers.find(job.kind)
    if handler is None:
        raise LookupError(f"nobody handles jobs of the kind {job.kind}")
    return handler
