"""kill -9 of the worker while it deals out leads, and a job stopped on the way: each lead is given exactly once."""

from __future__ import annotations

import time
from collections import Counter
from datetime import time as clock
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from daifuku.customers.models import Lead
from daifuku.distribution.actions import edit_setup, keep_taker
from daifuku.distribution.actions.running import begin
from daifuku.distribution.models import Decision
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger.models import Event, Subject
from daifuku.messages.models import Notice
from daifuku.records import actions
from daifuku.records.bulk import Selection
from tests.support.worker import WorkerProcess

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)
LEADS, KILLS = 1500, 2


@pytest.fixture
def job(cast: Cast) -> Job:
    """Open day and night; whatever the hour, each lead is decided."""
    hours = {"opens": clock(0), "closes": clock(23, 59)}
    edit_setup({"on": True, **hours}, by=cast.mizuno)
    for person in (cast.aoyama, cast.baba):
        keep_taker(person, {"grace_from": "2026-01-01"}, by=cast.mizuno)
    rows = [{"family_name": f"客{n}", "company": f"架空{n}産業", "owner": cast.senda} for n in range(LEADS)]
    actions.create_many("lead", rows, by=cast.mizuno)
    event, found = begin(Selection("lead"), by=cast.mizuno, again=True)
    assert isinstance(found, Job), event
    return found


def wait_for(job: Job, done: int) -> Job:
    """Until so many are done, or all."""
    deadline = time.monotonic() + 90
    while (now := Job.objects.get(pk=job.pk)).is_open and now.done < done:
        assert time.monotonic() < deadline, "the job does not go on"
        time.sleep(0.005)
    return now


def assert_each_was_given_once() -> None:
    decided = Counter(Decision.objects.values_list("lead_id", flat=True))
    assert set(decided) == set(Lead.plain.values_list("pk", flat=True))
    assert set(decided.values()) == {1}
    lines = Event.objects.filter(kind__in=["lead.distributed", "lead.queued"]).values("pk")
    told = Counter(Subject.objects.filter(event__in=lines).values_list("record_id", flat=True))
    assert told == decided


def test_killed_it_goes_on_and_gives_each_lead_once(job: Job, tmp_path: Path) -> None:
    for kill in range(1, KILLS + 1):
        with WorkerProcess(tmp_path):
            assert wait_for(job, kill * LEADS // 4).is_open, "it was done before it could be killed"
    with WorkerProcess(tmp_path):
        ended = wait_for(job, LEADS + 1)
    assert (ended.state, ended.done, ended.result["done"]) == ("done", LEADS, LEADS)
    assert_each_was_given_once()
    given = Counter(Decision.objects.filter(person__isnull=False).values_list("person_id", flat=True))
    told = {notice.person_id: notice.sentence for notice in Notice.objects.filter(kind="distribution.given")}
    assert all(f"{number}件" in told[person] for person, number in given.items())


def test_stopped_it_says_what_was_done_and_the_rest_is_given_later(
    job: Job, cast: Cast, tmp_path: Path
) -> None:
    with WorkerProcess(tmp_path):
        wait_for(job, 1)
        queue.cancel(job)
        ended = wait_for(job, LEADS + 1)
    assert ended.state == "cancelled"
    assert 0 < Decision.objects.count() == ended.result["done"] < LEADS
    decided = Decision.objects.values("lead")
    rest = tuple(Lead.plain.exclude(pk__in=decided).values_list("pk", flat=True))
    _event, again = begin(Selection("lead", rest), by=cast.mizuno, again=True)
    assert isinstance(again, Job)
    with WorkerProcess(tmp_path):
        wait_for(again, LEADS + 1)
    assert_each_was_given_once()
