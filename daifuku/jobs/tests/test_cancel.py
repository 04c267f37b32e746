"""A person changes her mind about work that is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.foundation.errors import Conflict
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.jobs.testing import make_due, work_off

if TYPE_CHECKING:
    from daifuku.jobs.running import Running
    from daifuku.jobs.tests.conftest import Handle
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_waiting_job_never_begins(cast: Cast, handle: Handle) -> None:
    began: list[int] = []
    handle("walk", lambda running: began.append(1))
    queue.cancel(queue.enqueue("walk", {}, by=cast.aoyama, title="歩く"))
    assert work_off() == []
    assert (Job.objects.get().state, began) == ("cancelled", [])


def test_a_running_job_ends_between_two_batches(cast: Cast, handle: Handle) -> None:
    def run(running: Running) -> None:
        while not running.cancelled:
            running.advance(100)
            running.result["rows"] = running.job.done
            queue.cancel(running.job)

    handle("walk", run, cancellable=True)
    queue.enqueue("walk", {}, by=cast.aoyama, title="歩く")
    job = work_off()[0]
    assert (job.state, job.done, job.result) == ("cancelled", 100, {"rows": 100})


def test_a_job_whose_worker_died_is_not_taken_again_once_it_was_cancelled(cast: Cast, handle: Handle) -> None:
    began: list[int] = []
    handle("walk", lambda running: began.append(1), cancellable=True)
    queue.enqueue("walk", {}, by=cast.aoyama, title="歩く")
    job = queue.claim()
    assert job is not None
    queue.cancel(job)
    make_due()
    assert work_off() == []
    assert (Job.objects.get().state, began) == ("cancelled", [])


def test_what_is_over_cannot_be_cancelled(cast: Cast, handle: Handle) -> None:
    handle("walk", lambda running: None)
    job = queue.enqueue("walk", {}, by=cast.aoyama, title="歩く")
    work_off()
    with pytest.raises(Conflict):
        queue.cancel(job)
    assert Job.objects.get().state == "done"


def test_what_looks_at_nothing_is_not_cancelled_while_it_runs(cast: Cast, handle: Handle) -> None:
    handle("walk", lambda running: None)
    job = queue.enqueue("walk", {}, by=cast.aoyama, title="歩く")
    running = queue.claim()
    assert running is not None
    with pytest.raises(Conflict) as refused:
        queue.cancel(job)
    assert (refused.value.code, Job.objects.get().cancel_wanted) == ("cannot_cancel", False)
    queue.give_back(running)
    assert queue.cancel(job).state == "cancelled"


def test_a_retry_forgets_that_somebody_wanted_it_to_stop(cast: Cast, handle: Handle) -> None:
    def run(running: Running) -> None:
        if not running.state.get("failed"):
            running.state["failed"] = True
            running.advance()
            queue.cancel(running.job)
            raise Conflict("つまずきました。")

    handle("walk", run, cancellable=True)
    queue.enqueue("walk", {}, by=cast.aoyama, title="歩く")
    (job,) = work_off()
    assert (job.state, job.cancel_wanted) == ("failed", True)
    queue.retry(job)
    (job,) = work_off()
    assert job.state == "done"
