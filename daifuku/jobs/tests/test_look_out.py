"""An idle worker asks once for each kind of work; where there is much to do, all its threads work."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.jobs.worker import Worker

if TYPE_CHECKING:
    from daifuku.jobs.running import Running
    from daifuku.jobs.tests.conftest import Handle
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_many_idle_threads_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(queue, "claim", lambda: asked.append(threading.current_thread().name))
    worker = Worker(jobs=4, schedules=0)
    worker.start()
    time.sleep(1.7)
    worker.stop()
    worker.join()
    assert 2 <= len(asked) <= 4
    assert len(set(asked)) == 1


def test_two_jobs_are_done_side_by_side(cast: Cast, handle: Handle) -> None:
    together = threading.Barrier(2, timeout=10)

    def meet(running: Running) -> None:
        together.wait()

    handle("meeting", meet)
    for _each in range(2):
        queue.enqueue("meeting", {}, by=cast.aoyama, title="待ち合わせ")
    worker = Worker(jobs=2, schedules=0)
    worker.start()
    deadline = time.monotonic() + 15
    while Job.objects.exclude(state="done").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.stop()
    worker.join()
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
