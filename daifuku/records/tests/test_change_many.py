"""The same done to many: a few at once, more by a job that survives a kill, and all of it taken back together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.jobs import queue, running
from daifuku.jobs.models import Job
from daifuku.ledger.models import Event
from daifuku.records import actions, bulk
from daifuku.records.actions import tagging
from daifuku.records.bulk import Selection
from daifuku.records.models import Tagging

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than five take a job, three at a time."""
    monkeypatch.setattr(bulk, "AT_ONCE", 5)
    monkeypatch.setattr(bulk, "PIECE", 3)


def firms(by: Any, count: int, **values: Any) -> tuple[int, ...]:
    return tuple(actions.create("account", {"name": f"会社{n:02}", **values}, by=by).pk for n in range(count))


def ranks() -> dict[str, int]:
    found: dict[str, int] = {}
    for rank in Account.plain.values_list("rank", flat=True):
        found[rank] = found.get(rank, 0) + 1
    return found


def work() -> Job:
    job = queue.claim()
    assert job is not None
    running.carry_out(job)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return job


def test_a_few_are_changed_at_once_and_taken_back_by_one_undo(cast: Cast) -> None:
    keys = firms(cast.aoyama, 4)
    foreign = firms(cast.senda, 1)
    begun = bulk.edit(Selection("account", keys + foreign), {"rank": "A"}, by=cast.aoyama)
    assert begun.outcome is not None
    assert (begun.outcome.done, [key for key, _why in begun.outcome.refused]) == (4, list(foreign))
    assert ranks() == {"a": 4, "": 1}
    bulk.undo(begun.event, by=cast.aoyama)
    assert ranks() == {"": 5}


def test_all_results_of_a_list_are_changed_by_a_job(cast: Cast, few: None, login_as: Login) -> None:
    firms(cast.aoyama, 8, rank="b")
    firms(cast.aoyama, 2, rank="c")
    firms(cast.senda, 1, rank="b")
    condition = {"all": [{"field": "rank", "op": "any_of", "value": ["b"]}]}
    begun = bulk.edit(Selection("account", condition=condition), {"rank": "a"}, by=cast.aoyama)
    assert begun.job is not None
    assert ranks() == {"b": 9, "c": 2}
    job = work()
    assert ranks() == {"a": 8, "b": 1, "c": 2}
    assert (job.result["done"], job.result["refused_count"], job.total) == (8, 1, 9)
    page = login_as(cast.aoyama).get(f"/jobs/{job.uid}/").content.decode()
    left = Account.plain.get(owner=cast.senda)
    assert f'<a href="{left.get_absolute_url()}">{left.name}</a>' in page
    assert bulk.undo_address(job) == f"/events/{begun.event.pk}/undo/"
    undoing = bulk.undo(begun.event, by=cast.aoyama)
    assert isinstance(undoing, Job)
    assert bulk.undo(begun.event, by=cast.aoyama) == undoing
    assert work().result["done"] == 8
    assert ranks() == {"b": 9, "c": 2}
    with pytest.raises(Conflict):
        bulk.undo(begun.event, by=cast.aoyama)


def test_a_killed_job_goes_on_where_it_stopped(
    cast: Cast, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = firms(cast.aoyama, 9)
    bulk.edit(Selection("account", keys), {"rank": "a"}, by=cast.aoyama)
    real, calls = bulk._carry_out, []

    def killed(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            real(*arguments)
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(bulk, "_carry_out", killed)
    with pytest.raises(KeyboardInterrupt):
        work()
    assert ranks() == {"a": 6, "": 3}
    queue.give_back(Job.objects.get())
    work()
    assert ranks() == {"a": 9}
    assert Event.objects.filter(kind="account.edited").count() == 9


class LostLease(BaseException):
    pass


def lose_it(done: int) -> None:
    raise LostLease


def test_a_batch_that_cannot_be_told_is_not_done(cast: Cast) -> None:
    keys, tag = firms(cast.aoyama, 3), tagging.tag_named("展示会", by=cast.aoyama)
    lines = Event.objects.count()
    for verb in (
        partial(actions.edit_many, "account", keys, {"rank": "a"}),
        partial(actions.trash_many, "account", keys),
        partial(tagging.put_tag_on_many, "account", keys, tag),
    ):
        with pytest.raises(LostLease):
            verb(by=cast.aoyama, told=lose_it)
    assert (ranks(), Account.plain.filter(trashed_at__isnull=True).count()) == ({"": 3}, 3)
    assert (Tagging.objects.count(), Event.objects.count()) == (0, lines)


def test_many_are_assigned_tagged_and_thrown_away(cast: Cast, few: None) -> None:
    keys = firms(cast.aoyama, 7)
    bulk.assign(Selection("account", keys), cast.baba, by=cast.aoyama)
    work()
    assert set(Account.plain.values_list("owner", flat=True)) == {cast.baba.pk}
    tagged = bulk.tag(Selection("account", keys), "展示会", by=cast.aoyama)
    work()
    assert Tagging.objects.count() == 7
    bulk.undo(tagged.event, by=cast.aoyama)
    work()
    assert Tagging.objects.count() == 0
    with pytest.raises(Forbidden):
        bulk.trash(Selection("account", keys), by=cast.eguchi)
    thrown = bulk.trash(Selection("account", keys), by=cast.baba)
    work()
    assert Account.objects.visible_to(cast.baba).count() == 0
    bulk.undo(thrown.event, by=cast.baba)
    work()
    assert Account.objects.visible_to(cast.baba).count() == 7


def test_wrong_input_is_refused_before_anything_begins(cast: Cast) -> None:
    keys = firms(cast.aoyama, 2)
    for changes in ({}, {"rank": "z"}, {"name": ""}, {"no_such": 1}, {"version": 5}):
        with pytest.raises(Invalid):
            bulk.edit(Selection("account", keys), changes, by=cast.aoyama)
    with pytest.raises(Invalid):
        bulk.edit(Selection("account", condition={"all": [{"field": "x"}]}), {"rank": "a"}, by=cast.aoyama)
    with pytest.raises(Conflict):
        bulk.edit(Selection("account", ()), {"rank": "a"}, by=cast.aoyama)
    with pytest.raises(Forbidden):
        bulk.edit(Selection("account", keys), {"rank": "a"}, by=cast.eguchi)
    assert not Event.objects.filter(kind="account.bulk_edited").exists()
    assert not Job.objects.exists()
