"""What is due again and again is done by exactly one worker, and again when that one was killed."""

from __future__ import annotations

import threading
import time as clock
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.utils import timezone

from daifuku.jobs import schedule
from daifuku.jobs.models import Recurring

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def empty_schedule(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(schedule, "_entries", {})
    yield


def register(name: str, run: Callable[[], object], **options: object) -> None:
    schedule.register(name, every=MINUTE, run=run, **options)  # type: ignore[arg-type]
    schedule.prepare()


def make_due() -> None:
    Recurring.objects.update(next_run=timezone.now() - timedelta(seconds=1))


def test_it_is_done_when_due_and_not_before_the_next_time() -> None:
    done: list[int] = []
    register("count", lambda: done.append(1))
    assert schedule.run_due()
    assert not schedule.run_due()
    make_due()
    assert schedule.run_due()
    assert len(done) == 2


def test_two_workers_do_it_once() -> None:
    done: list[str] = []
    begin = threading.Barrier(4)

    def run() -> None:
        done.append(threading.current_thread().name)
        clock.sleep(0.2)

    def work() -> None:
        begin.wait()
        schedule.run_due()
        connection.close()

    register("count", run)
    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1


def test_a_killed_one_is_done_again_when_its_lease_is_over() -> None:
    done: list[int] = []
    register("count", lambda: done.append(1))
    row = Recurring.objects.get()
    assert schedule._claim(row, timezone.now())  # and the worker is gone
    assert not schedule.run_due()
    assert Recurring.objects.get().next_run > timezone.now() + timedelta(seconds=50)
    make_due()
    assert schedule.run_due()
    assert done == [1]


def test_what_fails_is_told_and_tried_again() -> None:
    def fail() -> None:
        raise RuntimeError("no")

    register("fail", fail)
    assert schedule.run_due()
    row = Recurring.objects.get()
    assert "RuntimeError: no" in row.error
    make_due()
    register("fail", lambda: None)
    assert schedule.run_due()
    assert Recurring.objects.get().error == ""


def test_while_there_is_nothing_to_do_nothing_is_written() -> None:
    done: list[int] = []
    wanted = [False]
    register("count", lambda: done.append(1), wanted=lambda: wanted[0])
    before = Recurring.objects.get().next_run
    assert not schedule.run_due()
    assert Recurring.objects.get().next_run == before
    wanted[0] = True
    assert not schedule.run_due()
    schedule._ask_again.clear()
    assert schedule.run_due()
    assert done == [1]


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-25T02:29+09:00", "2026-11-25T02:30+09:00"),
        ("2026-11-25T02:30+09:00", "2026-11-26T02:30+09:00"),
    ],
)
def test_a_nightly_thing_has_its_time_of_the_day(now: str, then: str) -> None:
    entry = schedule.Entry("night", timedelta(days=1), lambda: None, at=time(2, 30))
    assert entry.after(datetime.fromisoformat(now)) == datetime.fromisoformat(then)


def test_a_new_nightly_thing_does_not_run_at_once() -> None:
    register("night", lambda: None, at=time(2, 30))
    assert not schedule.run_due()
