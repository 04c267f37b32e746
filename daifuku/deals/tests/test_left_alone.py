"""Deals that nobody looks after are found by themselves, with the reason and the day since when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities import of_deals
from daifuku.activities.models import Task
from daifuku.deals import alone
from daifuku.deals.actions import lose, move
from daifuku.deals.actions.people import put_person
from daifuku.deals.actions.watching import edit_watch
from daifuku.deals.models import Deal
from daifuku.foundation.errors import Invalid
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.conditions import parse
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
BEGAN = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def deal(cast: Cast) -> Any:
    with through(at=BEGAN):
        firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
        contact = actions.create("contact", {"family_name": "山田", "account": firm}, by=cast.aoyama)
        values = {"name": "棚", "account": firm, "contact": contact, "amount": 100, "next_on": "2026-12-25"}
        return actions.create("deal", values, by=cast.aoyama)


def keys(deal: Any, today: date) -> list[str]:
    fresh = Deal.plain.get(pk=deal.pk)
    return [reason.key for reason in alone.reasons([fresh], today, alone.limits())[deal.pk]]


def test_a_promise_that_has_passed_is_the_gravest(deal: Any) -> None:
    assert keys(deal, date(2026, 12, 25))[:1] != ["promise"]
    assert keys(deal, date(2026, 12, 26))[0] == "promise"


def test_without_a_next_step_it_is_alone_after_two_working_days(cast: Cast, deal: Any) -> None:
    with through(at=BEGAN):
        actions.edit(deal, {"next_on": ""}, by=cast.aoyama)
    assert keys(deal, date(2026, 11, 5)) == []
    assert "no_step" in keys(deal, date(2026, 11, 6))


def test_nobody_has_talked_for_as_long_as_the_stage_allows(cast: Cast, deal: Any) -> None:
    assert "quiet" in keys(deal, date(2026, 11, 9))
    values = {
        "deal": deal, "method": "phone", "content": "question", "text": "様子を聞いた",
        "started_at": "2026-11-09T10:00+09:00",
    }  # fmt: skip
    actions.create("talk", values, by=cast.aoyama)
    assert "quiet" not in keys(deal, date(2026, 11, 10))


def test_customers_of_a_rank_may_wait_less_long(cast: Cast, deal: Any) -> None:
    with through(at=BEGAN):
        moved = move(deal, "visit", by=cast.aoyama)
    assert "quiet" not in keys(moved, date(2026, 11, 12))
    actions.edit(deal.account, {"rank": "a"}, by=cast.aoyama)
    edit_watch({"rank-a": "5"}, by=cast.mizuno)
    assert "quiet" in keys(moved, date(2026, 11, 12))


def test_a_quote_without_an_answer(cast: Cast, deal: Any) -> None:
    with through(at=BEGAN):
        move(deal, "visit", by=cast.aoyama)
        move(deal, "quote", by=cast.aoyama, values={"close_on": "2027-01-20"})
    assert "no_answer" in keys(deal, date(2026, 11, 11))


def test_the_decider_was_not_spoken_to(cast: Cast, deal: Any) -> None:
    with through(at=BEGAN):
        move(deal, "visit", by=cast.aoyama)
        put_person(deal, deal.contact, {"role": "decider"}, by=cast.aoyama)
    assert "no_decider" in keys(deal, date(2026, 12, 3))
    talk = {
        "deal": deal, "contact": deal.contact, "method": "visit", "content": "question", "text": "部長と話した",
        "started_at": "2026-11-20T10:00+09:00",
    }  # fmt: skip
    actions.create("talk", talk, by=cast.aoyama)
    assert "no_decider" not in keys(deal, date(2026, 12, 3))


def test_a_lost_deal_comes_back_on_its_day(cast: Cast, deal: Any) -> None:
    lose(deal, {"lost_reason": "price", "ask_again_on": "2027-04-01"}, by=cast.aoyama)
    assert keys(deal, date(2027, 3, 31)) == []
    assert keys(deal, date(2027, 4, 1)) == ["ask_again"]


def test_every_morning_it_is_kept_on_the_deal_for_lists_without_a_line(cast: Cast, deal: Any) -> None:
    Deal.plain.filter(pk=deal.pk).update(next_on=date(2020, 1, 1), step_on=date(2020, 1, 1))
    lines = Event.objects.count()
    assert alone.look_at_all() == 1
    assert Event.objects.count() == lines
    viewer = Viewer(cast.aoyama)
    condition = parse({"all": [{"field": "alone", "op": "any_of", "value": ["promise"]}]}, "deal", viewer)
    rows = Deal.objects.visible_to(viewer).filter(condition.q(viewer, date(2026, 11, 27)))
    assert list(rows) == [deal]


def test_it_stands_on_the_page_the_board_and_today(cast: Cast, login_as: Login, deal: Any) -> None:
    actions.edit(deal, {"next_on": "2020-01-01"}, by=cast.aoyama)
    client = login_as(cast.aoyama)
    for address in (deal.get_absolute_url(), "/deals/?view=running", "/deals/?view=alone", "/today/"):
        assert "約束の日を過ぎた" in client.get(address).content.decode(), address


def test_the_days_are_a_setting_that_is_undone(cast: Cast) -> None:
    edit_watch({"quiet": "30"}, by=cast.mizuno)
    assert alone.limits().days["quiet"] == 30
    undoing.undo(Event.objects.latest("id"), by=cast.mizuno)
    assert alone.limits().days["quiet"] == 14
    with pytest.raises(Invalid):
        edit_watch({"quiet": "-1"}, by=cast.mizuno)


def test_tasks_of_a_stage_are_made_once_and_go_when_the_move_is_undone(cast: Cast, deal: Any) -> None:
    with through(at=BEGAN):
        move(deal, "visit", by=cast.aoyama)
    move(deal, "quote", by=cast.aoyama, values={"close_on": "2027-01-20"})
    line = Event.objects.filter(kind="deal.edited").latest("id")
    for _ in range(2):
        of_deals.bring_tasks(line)
    tasks = list(Task.plain.filter(deal=deal))
    assert [(task.subject, task.account) for task in tasks] == [("見積の返事を聞く", deal.account)]
    undoing.undo(line, by=cast.aoyama)
    of_deals.bring_tasks(Event.objects.filter(kind="deal.edited").latest("id"))
    assert not Task.plain.filter(deal=deal, trashed_at__isnull=True).exists()
