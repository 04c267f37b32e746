"""The checklist of a task: one press an item, each press a line that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.activities.actions.ticking import MOST, add_items, remove_item, tick_item
from daifuku.activities.models import Task
from daifuku.foundation.errors import ChangedSince, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.records import actions, timeline, undoing
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def task(cast: Cast) -> Any:
    made = actions.create("task", {"subject": "見積を送る"}, by=cast.aoyama)
    return add_items(made, "単価を確かめる\n\n  納期を確かめる \n", by=cast.aoyama)


def texts() -> list[tuple[str, bool]]:
    return [(item["text"], item["done"]) for item in Task.plain.get().items]


def last(kind: str) -> Event:
    return Event.objects.filter(kind=kind).latest("pk")


def test_every_line_becomes_an_item(task: Any) -> None:
    assert texts() == [("単価を確かめる", False), ("納期を確かめる", False)]


def test_an_item_is_ticked_once_and_unticked(cast: Cast, task: Any) -> None:
    key = task.items[1]["key"]
    for _ in range(2):
        task = tick_item(task, key, by=cast.aoyama)
    assert texts()[1] == ("納期を確かめる", True)
    assert Event.objects.filter(kind="task.item_ticked").count() == 1
    tick_item(task, key, done=False, by=cast.aoyama)
    assert texts()[1] == ("納期を確かめる", False)
    assert Task.plain.get().version == 4


def test_each_step_is_taken_back(cast: Cast, task: Any) -> None:
    first, second = (item["key"] for item in task.items)
    tick_item(task, first, by=cast.aoyama)
    undoing.undo(last("task.item_ticked"), by=cast.aoyama)
    assert texts()[0] == ("単価を確かめる", False)
    remove_item(task, first, by=cast.aoyama)
    undoing.undo(last("task.item_removed"), by=cast.aoyama)
    assert texts()[0] == ("単価を確かめる", False)
    remove_item(task, second, by=cast.aoyama)
    undoing.undo(Event.objects.filter(kind="task.item_added").order_by("pk")[0], by=cast.aoyama)
    assert texts() == []


def test_what_was_changed_since_is_not_taken_back(cast: Cast, task: Any) -> None:
    key = task.items[0]["key"]
    tick_item(task, key, by=cast.aoyama)
    line = last("task.item_ticked")
    tick_item(task, key, done=False, by=cast.aoyama)
    with pytest.raises(ChangedSince):
        undoing.undo(line, by=cast.aoyama)


def test_the_timeline_says_which(cast: Cast, task: Any) -> None:
    tick_item(task, task.items[0]["key"], by=cast.aoyama)
    entries, _further = timeline.entries(task, viewer_of(cast.aoyama))
    assert entries[0].event.kind == "task.item_ticked"
    assert entries[0].body == {"text": "単価を確かめる"}


@pytest.mark.parametrize("lines", ["", " \n ", "x" * 201, "\n".join("x" * (MOST + 1))])
def test_nothing_and_too_much_are_refused(cast: Cast, task: Any, lines: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_items(task, lines, by=cast.aoyama)
    assert refused.value.problems[0].field == "text"
    assert len(texts()) == 2


def test_another_team_ticks_nothing(cast: Cast, task: Any) -> None:
    with pytest.raises(Forbidden):
        tick_item(task, task.items[0]["key"], by=cast.senda)
    with pytest.raises(NotFound):
        tick_item(task, "nothing", by=cast.aoyama)


def test_the_page_ticks_and_adds(cast: Cast, login_as: Login, task: Any) -> None:
    client, key = login_as(cast.aoyama), task.items[0]["key"]
    page = client.get(task.get_absolute_url()).content.decode()
    assert "単価を確かめる" in page
    address = reverse("activities:tick_item", args=[task.uid, key])
    answer = client.post(address, {"state": "done"}, headers=HX)
    assert 'aria-checked="true"' in answer.content.decode()
    assert "undo" in answer["HX-Trigger"]
    address = reverse("activities:add_items", args=[task.uid])
    assert "在庫" in client.post(address, {"text": "在庫を確かめる"}, headers=HX).content.decode()
    refused = client.post(address, {"text": "x" * 201}, headers=HX)
    assert refused.status_code == 422
    assert "x" * 201 in refused.content.decode()
    address = reverse("activities:remove_item", args=[task.uid, key])
    assert client.post(address)["Location"] == task.get_absolute_url()
    assert texts() == [("納期を確かめる", False), ("在庫を確かめる", False)]


def test_whoever_only_reads_sees_it_without_buttons(cast: Cast, login_as: Login, task: Any) -> None:
    page = login_as(cast.eguchi).get(task.get_absolute_url()).content.decode()
    assert "単価を確かめる" in page
    assert "/items/" not in page


def test_lists_tell_how_far_it_is(cast: Cast, login_as: Login, task: Any) -> None:
    actions.edit(task, {"due_on": timezone.localdate()}, by=cast.aoyama)
    tick_item(task, task.items[0]["key"], by=cast.aoyama)
    assert "1/2" in login_as(cast.aoyama).get("/today/").content.decode()
