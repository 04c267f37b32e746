"""A task is done until its day, by one press, and undone by another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.activities.models import Task
from daifuku.activities.panels import tasks
from daifuku.foundation.errors import Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import choices
from daifuku.records.catalogue import vocabulary
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


def task(cast: Cast, days: int | None = 0, **values: Any) -> Any:
    due = None if days is None else timezone.localdate() + timedelta(days=days)
    return actions.create("task", {"subject": "見積を送る", "due_on": due, **values}, by=cast.aoyama)


def test_a_task_needs_no_customer_but_a_name(cast: Cast) -> None:
    made = task(cast)
    assert (made.state, made.done_at, made.owner) == ("open", None, cast.aoyama)
    with pytest.raises(Invalid):
        actions.create("task", {"due_on": "2026-11-30"}, by=cast.aoyama)


def test_when_it_was_done_is_kept_until_it_is_undone(cast: Cast) -> None:
    made = actions.edit(task(cast), {"state": "done"}, by=cast.aoyama)
    at = made.done_at
    assert at is not None
    assert actions.edit(made, {"text": "済み"}, by=cast.aoyama).done_at == at
    undoing.undo(Event.objects.filter(kind="task.edited").order_by("pk")[0], by=cast.aoyama)
    assert (Task.plain.get().state, Task.plain.get().done_at) == ("open", None)


def test_a_state_of_the_firms_own_is_not_done(cast: Cast, firm: Any) -> None:
    choices.add_choice("task", "state", "返事待ち", by=cast.mizuno)
    key = vocabulary.fields_of("task")["state"].type.find("返事待ち")  # type: ignore[attr-defined]
    made = actions.edit(task(cast, account=firm), {"state": key}, by=cast.aoyama)
    assert not made.is_done
    shown = tasks(firm, viewer_of(cast.aoyama))
    assert shown is not None
    assert [line.record for line in shown["tasks"]] == [made]


def test_the_customers_page_lists_what_is_left_by_its_day(cast: Cast, firm: Any, login_as: Login) -> None:
    some_day, late, soon = (
        task(cast, None, account=firm),
        task(cast, -2, account=firm),
        task(cast, 3, account=firm),
    )
    actions.edit(task(cast, 1, account=firm, subject="済んだこと"), {"state": "done"}, by=cast.aoyama)
    shown = tasks(firm, viewer_of(cast.aoyama))
    assert shown is not None
    assert [line.record for line in shown["tasks"]] == [late, soon, some_day]
    assert [line.overdue for line in shown["tasks"]] == [True, False, False]
    page = login_as(cast.aoyama).get(firm.get_absolute_url()).content.decode()
    assert late.get_absolute_url() in page
    assert f"/tasks/new/?account={firm.uid}" in page


def test_today_and_home_show_what_is_due(cast: Cast, login_as: Login) -> None:
    due, later = task(cast, 0, subject="今日の資料"), task(cast, 1, subject="あしたの資料")
    task(cast, 0, subject="他人の資料", owner=cast.baba)
    client = login_as(cast.aoyama)
    for address in ("/", "/today/"):
        answer = client.get(address)
        assert [line.record for line in answer.context["tasks"]] == [due]
        assert later.subject not in answer.content.decode()


def test_one_press_does_it_and_another_undoes_it(cast: Cast, login_as: Login, firm: Any) -> None:
    made, client = task(cast, account=firm), login_as(cast.aoyama)
    address = reverse("activities:turn_task", args=[made.uid])
    assert address in client.get(made.get_absolute_url()).content.decode()
    for _ in range(2):
        answer = client.post(address, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert "data-done" in answer.content.decode()
    assert Event.objects.filter(kind="task.edited").count() == 1
    assert client.post(address, {"state": "open"})["Location"] == made.get_absolute_url()
    assert Task.plain.get().state == "open"


def test_another_team_does_not_do_it(cast: Cast, login_as: Login, firm: Any) -> None:
    made = task(cast, account=firm)
    address = reverse("activities:turn_task", args=[made.uid])
    assert login_as(cast.senda).post(address).status_code == 403
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    assert login_as(cast.senda).post(address).status_code == 404
    assert Task.plain.get().state == "open"
