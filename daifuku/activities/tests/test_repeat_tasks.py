"""A task that comes again leaves its next one behind when it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.activities import repetition
from daifuku.activities.actions.repeating import repeat_task
from daifuku.activities.actions.ticking import add_items, tick_item
from daifuku.activities.models import Task
from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
FAR = date(2099, 3, 31)
WEEKLY = {"unit": "week", "weekdays": ["1"]}
MONTHLY = {"unit": "month", "day": "31"}


@pytest.fixture
def task(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    values = {"subject": "請求書を確かめる", "due_on": FAR, "account": firm, "priority": "high"}
    return actions.create("task", values, by=cast.aoyama)


def done(task: Any, by: Any) -> Any:
    return actions.edit(task, {"state": "done"}, by=by)


def following(task: Any) -> Any:
    return Task.plain.get(previous=task, trashed_at__isnull=True)


def test_done_it_leaves_the_next_one_behind(cast: Cast, task: Any) -> None:
    done(repeat_task(task, MONTHLY, by=cast.aoyama), cast.aoyama)
    fresh = following(task)
    assert (fresh.subject, fresh.due_on, fresh.state) == ("請求書を確かめる", date(2099, 4, 30), "open")
    assert (fresh.account, fresh.owner, fresh.priority) == (task.account, cast.aoyama, "high")
    done(fresh, cast.aoyama)
    assert following(fresh).due_on == date(2099, 5, 31)


def test_done_twice_it_leaves_one(cast: Cast, task: Any) -> None:
    task = repeat_task(task, MONTHLY, by=cast.aoyama)
    task = done(task, cast.aoyama)
    task = actions.edit(task, {"state": "doing"}, by=cast.aoyama)
    done(task, cast.aoyama)
    assert Task.plain.filter(trashed_at__isnull=True).count() == 2


def test_undone_again_it_takes_the_next_one_back(cast: Cast, task: Any) -> None:
    done(repeat_task(task, MONTHLY, by=cast.aoyama), cast.aoyama)
    undoing.undo(Event.objects.filter(kind="task.edited").latest("pk"), by=cast.aoyama)
    assert not Task.plain.filter(previous=task, trashed_at__isnull=True).exists()


def test_a_next_one_that_somebody_worked_with_stays(cast: Cast, task: Any) -> None:
    task = done(repeat_task(task, MONTHLY, by=cast.aoyama), cast.aoyama)
    actions.edit(following(task), {"text": "始めた"}, by=cast.aoyama)
    actions.edit(task, {"state": "open"}, by=cast.aoyama)
    assert following(task).text == "始めた"


def test_many_at_once_leave_theirs_too(cast: Cast, task: Any) -> None:
    task = repeat_task(task, MONTHLY, by=cast.aoyama)
    actions.edit_many("task", [task.pk], {"state": "done"}, by=cast.aoyama)
    assert following(task).due_on == date(2099, 4, 30)


def test_the_checklist_comes_along_unticked(cast: Cast, task: Any) -> None:
    task = add_items(task, "単価\n数量", by=cast.aoyama)
    task = tick_item(task, task.items[0]["key"], by=cast.aoyama)
    done(repeat_task(task, MONTHLY, by=cast.aoyama), cast.aoyama)
    assert [(item["text"], item["done"]) for item in following(task).items] == [
        ("単価", False),
        ("数量", False),
    ]


def test_it_ends_after_so_many_times_or_on_its_day(cast: Cast, task: Any) -> None:
    task = done(repeat_task(task, {**MONTHLY, "count": "2"}, by=cast.aoyama), cast.aoyama)
    last = following(task)
    assert last.repetition["count"] == 1
    done(last, cast.aoyama)
    assert not Task.plain.filter(previous=last).exists()
    other = actions.create("task", {"subject": "棚卸し", "due_on": FAR}, by=cast.aoyama)
    done(repeat_task(other, {**MONTHLY, "until": "2099-04-15"}, by=cast.aoyama), cast.aoyama)
    assert not Task.plain.filter(previous=other).exists()


def test_what_was_done_late_is_asked_for_once(cast: Cast) -> None:
    today = timezone.localdate()
    task = actions.create("task", {"subject": "日報", "due_on": today - timedelta(days=20)}, by=cast.aoyama)
    done(repeat_task(task, {"unit": "day"}, by=cast.aoyama), cast.aoyama)
    assert following(task).due_on == today + timedelta(days=1)


def test_set_changed_and_stopped_it_is_taken_back(cast: Cast, task: Any) -> None:
    task = repeat_task(task, MONTHLY, by=cast.aoyama)
    repeat_task(task, MONTHLY, by=cast.aoyama)
    assert Event.objects.filter(kind="task.repeated").count() == 1
    task = repeat_task(task, None, by=cast.aoyama)
    assert task.repetition == {}
    undoing.undo(Event.objects.get(kind="task.repeats_no_more"), by=cast.aoyama)
    assert Task.plain.get().repetition["day"] == 31


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"unit": ""}, "unit"),
        ({"unit": "year"}, "unit"),
        ({"unit": "day", "every": "0"}, "every"),
        ({"unit": "day", "every": "x"}, "every"),
        ({"unit": "day", "count": "-1"}, "count"),
        ({"unit": "week", "weekdays": ["7"]}, "weekdays"),
        ({"unit": "month", "day": "32"}, "day"),
        ({"unit": "day", "rest": "x"}, "rest"),
        ({"unit": "day", "until": "いつか"}, "until"),
        ({"unit": "day", "until": "2000-01-01"}, "until"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    cast: Cast, task: Any, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        repeat_task(task, values, by=cast.aoyama)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert Task.plain.get().repetition == {}


def test_without_a_day_there_is_nothing_to_count_from(cast: Cast) -> None:
    task = actions.create("task", {"subject": "いつか"}, by=cast.aoyama)
    with pytest.raises(Invalid):
        repeat_task(task, WEEKLY, by=cast.aoyama)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"unit": "day"}, "毎日"),
        ({"unit": "workday", "every": 3}, "3営業日ごと"),
        ({"unit": "week", "weekdays": [0, 3]}, "毎週 月・木"),
        ({"unit": "month", "day": 0, "every": 2, "rest": "before"}, "2か月ごと 末日、休みの日は前の営業日"),
        (
            {"unit": "month", "day": 31, "until": "2099-12-31", "count": 5},
            "毎月 31日、2099/12/31まで、あと5回",
        ),
    ],
)
def test_it_is_said_in_words(values: dict[str, Any], words: str) -> None:
    assert repetition.words_of(repetition.clean(values, FAR)) == words


def test_another_team_repeats_nothing(cast: Cast, task: Any) -> None:
    with pytest.raises(Forbidden):
        repeat_task(task, WEEKLY, by=cast.senda)


def test_the_page_sets_and_stops_it(cast: Cast, login_as: Login, task: Any) -> None:
    client, address = login_as(cast.aoyama), reverse("activities:repeat_task", args=[task.uid])
    assert address in client.get(task.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 200
    refused = client.post(address, {"unit": "month", "day": "31", "every": "x"})
    assert refused.status_code == 422
    assert client.post(address, {"unit": "month", "day": "31", "every": "1"})["Location"]
    assert "毎月 31日" in client.get(task.get_absolute_url()).content.decode()
    turned = client.post(reverse("activities:turn_task", args=[task.uid]), headers={"HX-Request": "true"})
    assert following(task).due_on == date(2099, 4, 30)
    assert "2099" in turned["HX-Trigger"]
    assert client.post(address, {"unit": "never"}).status_code == 302
    assert Task.plain.get(pk=task.pk).repetition == {}
