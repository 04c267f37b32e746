"""A job is done once, for the person who asked, and says how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from daifuku.foundation.errors import Conflict
from daifuku.jobs import handlers, queue, running
from daifuku.jobs.models import Job
from daifuku.jobs.testing import make_due, work_off
from daifuku.ledger import channel
from daifuku.ledger import writing as ledger

if TYPE_CHECKING:
    from daifuku.jobs.running import Running
    from daifuku.jobs.tests.conftest import Handle
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_job_is_done_once(cast: Cast, handle: Handle) -> None:
    seen: list[tuple[int, str]] = []
    handle("count", lambda running: seen.append((running.payload["number"], running.by.family_name)))
    with ledger.writing():
        queue.enqueue("count", {"number": 7}, by=cast.aoyama, title="数える")
    assert [job.state for job in work_off()] == ["done"]
    assert work_off() == []
    assert seen == [(7, "青山")]


def test_a_job_of_a_refused_verb_is_never_there(cast: Cast, handle: Handle) -> None:
    handle("count", lambda running: None)
    with pytest.raises(Conflict), ledger.writing():
        queue.enqueue("count", {}, by=cast.aoyama, title="数える")
        raise Conflict("no")
    assert work_off() == []


def test_an_unknown_kind_is_refused_at_once(cast: Cast) -> None:
    with pytest.raises(LookupError):
        queue.enqueue("nobody.knows", {}, by=cast.aoyama, title="?")


def test_a_second_job_with_the_same_key_is_the_first(cast: Cast, handle: Handle) -> None:
    handle("count", lambda running: None)
    first = queue.enqueue("count", {"number": 1}, by=cast.aoyama, title="数える", key="one")
    assert queue.enqueue("count", {"number": 2}, by=cast.aoyama, title="数える", key="one") == first
    assert Job.objects.get().payload == {"number": 1}


def test_it_tells_how_far_it_is_and_keeps_its_result(cast: Cast, handle: Handle) -> None:
    halfway: list[int | None] = []

    def run(running: Running) -> None:
        running.expect(4)
        running.advance(2)
        halfway.append(Job.objects.get().percent)
        running.advance(2)
        running.result["rows"] = 4

    handle("count", run)
    queue.enqueue("count", {}, by=cast.aoyama, title="数える")
    job = work_off()[0]
    assert (halfway, job.done, job.total, job.result) == ([50], 4, 4, {"rows": 4})


def test_the_handler_comes_by_the_jobs_door_in_the_language_of_the_person(cast: Cast, handle: Handle) -> None:
    seen: list[str | None] = []
    cast.aoyama.language = "en"
    cast.aoyama.save()
    handle("look", lambda running: seen.extend([channel.current().via, translation.get_language()]))
    queue.enqueue("look", {}, by=cast.aoyama, title="見る")
    work_off()
    assert seen == ["job", "en"]
    assert channel.current().via == "system"


def test_a_refusal_ends_it_at_once_with_its_sentence(cast: Cast, handle: Handle) -> None:
    def refuse(running: Running) -> None:
        raise Conflict("ファイルが空です。")

    handle("refuse", refuse)
    queue.enqueue("refuse", {}, by=cast.aoyama, title="断る")
    job = work_off()[0]
    assert (job.state, job.sentence, job.error) == ("failed", "ファイルが空です。", "")


def test_a_resumed_job_finds_what_it_knew(cast: Cast, handle: Handle) -> None:
    seen: list[int] = []

    def run(running: Running) -> None:
        for number in range(running.state.get("next", 0), 3):
            seen.append(number)
            running.state["next"] = number + 1
            running.advance()
            if number == 1 and running.job.attempts == 1:
                raise RuntimeError("the power went")

    handle("walk", run)
    queue.enqueue("walk", {}, by=cast.aoyama, title="歩く")
    assert work_off()[0].state == "waiting"
    make_due()
    job = work_off()[0]
    assert (job.state, job.done, seen) == ("done", 3, [0, 1, 2])


def test_a_batch_that_is_rolled_back_has_not_advanced(cast: Cast, handle: Handle) -> None:
    def run(running: Running) -> None:
        try:
            with ledger.writing():
                running.advance(10)
                raise ValueError
        except ValueError:
            running.advance(1)

    handle("walk", run)
    queue.enqueue("walk", {}, by=cast.aoyama, title="歩く")
    assert work_off()[0].done == 1


def test_whoever_lost_the_job_commits_nothing_more(cast: Cast, handle: Handle) -> None:
    """The lease ended while its worker was frozen; another one took the job meanwhile."""

    def run(running: Running) -> None:
        with ledger.writing():
            queue.enqueue("other", {}, by=None, title="余分")
            Job.objects.filter(pk=running.job.pk).update(holder="somebody else")
            running.advance()

    handle("walk", run)
    handle("other", lambda running: None)
    queue.enqueue("walk", {}, by=cast.aoyama, title="歩く")
    job = queue.claim()
    assert job is not None
    running.carry_out(job)
    assert Job.objects.count() == 1
    assert Job.objects.get().state == "running"


def test_a_stopping_worker_gives_the_job_back_without_counting_an_attempt(cast: Cast, handle: Handle) -> None:
    stopping: list[bool] = []

    def run(running: Running) -> None:
        running.advance()
        stopping.append(True)
        running.advance()

    handle("walk", run)
    queue.enqueue("walk", {}, by=cast.aoyama, title="歩く")
    job = queue.claim()
    assert job is not None
    running.carry_out(job, lambda: bool(stopping))
    job.refresh_from_db()
    assert (job.state, job.attempts, job.done, job.holder) == ("waiting", 0, 2, "")
    assert work_off()[0].state == "done"


def test_what_is_told_of_the_end_is_told_with_it(
    cast: Cast, handle: Handle, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(handlers, "when_finished", [lambda job: told.append(f"{job.title} {job.state}")])
    handle("count", lambda running: None)
    queue.enqueue("count", {}, by=cast.aoyama, title="数える")
    work_off()
    assert told == ["数える done"]
