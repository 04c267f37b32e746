"""A task that is ticked on the phone is done, once, whenever that arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities.models import Task
from daifuku.foundation.uuid7 import uuid7
from daifuku.ledger.models import Event
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.phone.tests.conftest import Phone
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(phone: Phone) -> Task:
    made: Task = actions.create("task", {"subject": "見積を送る"}, by=phone.person)
    return made


def test_it_is_done_and_undone(phone: Phone, task: Task) -> None:
    for done in (True, False):
        answer = phone.tick(task.uid, {"done": done})
        assert (answer.status_code, answer.json()["done"]) == (200, done)
        assert Task.plain.get().is_done is done


def test_sent_twice_it_is_one_line(phone: Phone, task: Task) -> None:
    assert [phone.tick(task.uid, {"done": True}).status_code for _time in range(2)] == [200, 200]
    assert Event.objects.filter(kind="task.edited").count() == 1


@pytest.mark.parametrize("body", [{}, {"done": "yes"}, {"done": None}])
def test_what_says_nothing_is_refused(phone: Phone, task: Task, body: dict[str, Any]) -> None:
    assert phone.tick(task.uid, body).status_code == 422


def test_a_task_that_one_may_not_see_is_not_there(phone: Phone, cast: Cast) -> None:
    firm = actions.create("account", {"name": "千田の客", "privacy": "private"}, by=cast.senda)
    hidden = actions.create("task", {"subject": "内緒", "account": firm}, by=cast.senda)
    for uid in (hidden.uid, uuid7()):
        assert phone.tick(uid, {"done": True}).status_code == 404
    assert not Task.plain.get().is_done
