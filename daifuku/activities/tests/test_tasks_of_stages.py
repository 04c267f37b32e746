"""A deal goes on: what nobody has touched of the tasks of the stage that it left is not needed any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.activities import of_deals
from daifuku.activities.actions.completing import complete
from daifuku.activities.models import Task
from daifuku.deals.actions import move
from daifuku.deals.actions.processes import save_stage
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(cast: Cast, firm: Any) -> Any:
    """In its first stage, with the task of that."""
    made = actions.create("deal", {"name": "棚の入れ替え", "account": firm}, by=cast.aoyama)
    told()
    return made


def told() -> Event:
    """What the subscriber does with the last line of a deal; twice is as once."""
    line = Event.objects.filter(kind__in=of_deals.HEARD).latest("id")
    for _ in range(2):
        of_deals.bring_tasks(line)
    return line


def states() -> list[tuple[str, str]]:
    rows = Task.plain.filter(trashed_at__isnull=True).order_by("pk")
    return list(rows.values_list("subject", "state"))


def test_an_untouched_task_is_not_needed_any_more_and_undoing_the_move_brings_it_back(
    cast: Cast, deal: Any
) -> None:
    assert states() == [("折り返しの連絡をする", "open")]
    move(deal, "appointment", by=cast.aoyama)
    line = told()
    (task,) = Task.plain.all()
    assert (task.state, task.is_done, bool(task.done_at)) == ("unneeded", True, True)
    assert Event.objects.get(kind="task.edited").cause == line
    undoing.undo(line, by=cast.aoyama)
    told()
    assert states() == [("折り返しの連絡をする", "open")]
    assert Task.plain.get().done_at is None


def test_a_task_whose_row_is_gone_holds_up_nothing(cast: Cast, deal: Any) -> None:
    move(deal, "appointment", by=cast.aoyama)
    line = told()
    Task.plain.all().delete()
    undoing.undo(line, by=cast.aoyama)
    told()
    assert states() == []


def test_what_came_back_is_closed_again(cast: Cast, deal: Any) -> None:
    move(deal, "appointment", by=cast.aoyama)
    undoing.undo(told(), by=cast.aoyama)
    told()
    deal.refresh_from_db()
    move(deal, "appointment", by=cast.aoyama)
    told()
    assert states() == [("折り返しの連絡をする", "unneeded")]


def test_what_somebody_works_at_stays(cast: Cast, deal: Any) -> None:
    actions.edit(Task.plain.get(), {"due_on": "2027-01-20"}, by=cast.aoyama)
    own = actions.create("task", {"subject": "カタログを送る", "deal": deal}, by=cast.aoyama)
    move(deal, "appointment", by=cast.aoyama)
    told()
    assert states() == [("折り返しの連絡をする", "open"), ("カタログを送る", "open")]
    assert own.version == 1


def test_what_was_done_stays_done(cast: Cast, deal: Any) -> None:
    complete(Task.plain.get(), by=cast.aoyama)
    move(deal, "appointment", by=cast.aoyama)
    undoing.undo(told(), by=cast.aoyama)
    told()
    assert states() == [("折り返しの連絡をする", "done")]


def test_a_stage_may_keep_its_tasks(cast: Cast, deal: Any, login_as: Login) -> None:
    page = login_as(cast.mizuno).get(reverse("deals:stage", args=["standard", "inquiry"])).content.decode()
    assert "手をつけていないタスクを残す" in page
    save_stage("standard", "inquiry", {"tasks_stay": "on"}, by=cast.mizuno)
    move(deal, "appointment", by=cast.aoyama)
    told()
    assert states() == [("折り返しの連絡をする", "open")]
    undoing.undo(Event.objects.get(kind="process.saved"), by=cast.mizuno)
    assert (
        actions.edit(deal, {"stage": "inquiry", "stage_note": "早すぎた"}, by=cast.aoyama).stage == "inquiry"
    )


def test_tasks_that_stay_are_not_closed_by_a_later_stage(cast: Cast, deal: Any) -> None:
    save_stage("standard", "inquiry", {"tasks_stay": "on"}, by=cast.mizuno)
    save_stage("standard", "appointment", {"tasks": "日程を決める"}, by=cast.mizuno)
    move(deal, "appointment", by=cast.aoyama)
    told()
    deal.refresh_from_db()
    contact = actions.create("contact", {"family_name": "山田", "account": deal.account}, by=cast.aoyama)
    move(deal, "visit", by=cast.aoyama, values={"contact": contact})
    told()
    assert states()[:2] == [("折り返しの連絡をする", "open"), ("日程を決める", "unneeded")]


def test_a_lost_deal_leaves_nothing_to_do(cast: Cast, deal: Any) -> None:
    actions.edit(deal, {"stage": "lost", "lost_reason": "price", "stage_note": "予算なし"}, by=cast.aoyama)
    told()
    assert states() == [("折り返しの連絡をする", "unneeded")]


def test_a_late_line_closes_only_what_was_there_before_it(cast: Cast, deal: Any) -> None:
    move(deal, "appointment", by=cast.aoyama)
    early = Event.objects.filter(kind="deal.edited").latest("id")
    save_stage("standard", "visit", {"tasks": "資料を用意する"}, by=cast.mizuno)
    deal.refresh_from_db()
    contact = actions.create("contact", {"family_name": "山田", "account": deal.account}, by=cast.aoyama)
    move(deal, "visit", by=cast.aoyama, values={"contact": contact})
    told()
    of_deals.bring_tasks(early)
    assert states() == [("折り返しの連絡をする", "unneeded"), ("資料を用意する", "open")]
