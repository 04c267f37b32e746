"""kill -9 of a worker in the middle of a job (F03): the job is taken again, and each effect is there once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from daifuku.customers.models import Account
from daifuku.jobs import handlers, queue
from daifuku.jobs.models import Job
from daifuku.ledger.models import Event
from tests.support.worker import KIND, LEASE_SECONDS, STEPS, WorkerProcess, go_on, stop_at

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def job(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(handlers, "_handlers", {})
    handlers.register(KIND, lambda running: None)
    return queue.enqueue(KIND, {}, by=cast.aoyama, title="五つの仕事")


def wait_until_done(job: Job, seconds: float = 60) -> Job:
    deadline = time.monotonic() + seconds
    while Job.objects.get(pk=job.pk).is_open:
        assert time.monotonic() < deadline, "the job was not taken again"
        time.sleep(0.05)
    return Job.objects.get(pk=job.pk)


@pytest.mark.parametrize("place", ["before-1", "inside-1", "inside-3", "after-3", "inside-5", "after-5"])
def test_each_effect_is_there_once_wherever_it_was_killed(job: Job, place: str, tmp_path: Path) -> None:
    stop_at(tmp_path, place)
    with WorkerProcess(tmp_path) as worker:
        worker.wait_for(place)
        worker.kill()
    go_on(tmp_path, place)
    with WorkerProcess(tmp_path):
        ended = wait_until_done(job)
    names = sorted(Account.plain.values_list("name", flat=True))
    assert names == [f"会社{step}" for step in range(1, STEPS + 1)]
    assert Event.objects.filter(kind="account.created", via="job").count() == STEPS
    assert (ended.state, ended.done) == ("done", STEPS)


def test_a_long_step_keeps_its_lease(job: Job, tmp_path: Path) -> None:
    """Two workers; the first one stands still between two batches for longer than a lease."""
    stop_at(tmp_path, "before-2")
    with WorkerProcess(tmp_path) as first, WorkerProcess(tmp_path):
        first.wait_for("before-2")
        time.sleep(2 * LEASE_SECONDS)
        assert Job.objects.get(pk=job.pk).attempts == 1
        go_on(tmp_path, "before-2")
        ended = wait_until_done(job)
    assert (ended.state, ended.attempts, Account.plain.count()) == ("done", 1, STEPS)


def test_a_worker_that_is_told_to_stop_ends_its_batch_and_gives_the_job_back(
    job: Job, tmp_path: Path
) -> None:
    stop_at(tmp_path, "after-2")
    with WorkerProcess(tmp_path) as worker:
        worker.wait_for("after-2")
        assert worker.process is not None
        worker.process.terminate()
        time.sleep(0.2)
        go_on(tmp_path, "after-2")
        started = time.monotonic()
        assert worker.process.wait(30) == 0
        assert time.monotonic() - started < 10
    given_back = Job.objects.get(pk=job.pk)
    assert (given_back.state, given_back.attempts) == ("waiting", 0)
    with WorkerProcess(tmp_path):
        wait_until_done(job)
    assert Account.plain.count() == STEPS
