"""A job that cannot be done (F18) is tried ten times with growing pauses, and nobody else waits for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.foundation.errors import Conflict
from daifuku.foundation.sql import write_transaction
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.jobs.testing import make_due, work_off

if TYPE_CHECKING:
    from daifuku.jobs.running import Running
    from daifuku.jobs.tests.conftest import Handle
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def poison(running: Running) -> None:
    raise RuntimeError("poison")


def minutes_until_due(job: Job) -> int:
    return round((job.due_at - timezone.now()) / timedelta(minutes=1))


def test_pauses_grow_to_an_hour_and_after_ten_attempts_it_is_given_up(cast: Cast, handle: Handle) -> None:
    handle("poison", poison)
    queue.enqueue("poison", {}, by=cast.aoyama, title="毒")
    pauses = []
    for _attempt in range(9):
        job = work_off()[0]
        assert job.state == "waiting"
        pauses.append(minutes_until_due(job))
        make_due()
    job = work_off()[0]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert (job.state, job.attempts) == ("failed", 10)
    assert "RuntimeError: poison" in job.error


def test_others_go_on_meanwhile(cast: Cast, handle: Handle) -> None:
    done: list[int] = []
    handle("poison", poison)
    handle("good", lambda running: done.append(running.payload["number"]))
    for number in range(3):
        queue.enqueue("poison", {}, by=cast.aoyama, title="毒")
        queue.enqueue("good", {"number": number}, by=cast.aoyama, title="薬")
    work_off()
    assert done == [0, 1, 2]


def test_a_job_that_takes_its_worker_along_is_given_up_too(cast: Cast, handle: Handle) -> None:
    handle("crash", lambda running: None)
    queue.enqueue("crash", {}, by=cast.aoyama, title="落ちる")
    for _attempt in range(10):
        assert queue.claim() is not None  # and the worker is gone
        make_due()
    assert queue.claim() is None
    job = Job.objects.get()
    assert (job.state, "the worker ended" in job.error) == ("failed", True)


def test_a_failed_job_can_be_told_to_go_on(cast: Cast, handle: Handle) -> None:
    def run(running: Running) -> None:
        if not mended:
            raise Conflict("郵便番号の表がありません。")

    mended: list[int] = []
    handle("walk", run)
    queue.enqueue("walk", {}, by=cast.aoyama, title="歩く")
    job = work_off()[0]
    assert job.state == "failed"
    mended.append(1)
    queue.retry(job)
    assert work_off()[0].state == "done"
    with pytest.raises(Conflict):
        queue.retry(job)


def test_what_ended_three_months_ago_is_forgotten(cast: Cast, handle: Handle) -> None:
    handle("walk", lambda running: None)
    old = queue.enqueue("walk", {}, by=cast.aoyama, title="古い")
    new = queue.enqueue("walk", {}, by=cast.aoyama, title="新しい")
    work_off()
    Job.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=91))
    queue.clean()
    assert list(Job.objects.all()) == [new]


def test_what_goes_forward_is_never_given_up_however_often_it_is_interrupted(
    cast: Cast, handle: Handle
) -> None:
    def one_step_and_down(running: Running) -> None:
        step = running.state.get("step", 0)
        if step < 15:
            with write_transaction():
                running.state["step"] = step + 1
                running.advance()
            raise RuntimeError("the lights go out")

    handle("long", one_step_and_down)
    job = queue.enqueue("long", {}, by=cast.aoyama, title="長い仕事")
    for _lights_out in range(16):
        work_off()
        make_due()
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 15)
