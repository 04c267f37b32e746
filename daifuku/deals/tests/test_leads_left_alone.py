"""Leads that nobody looks after are found; one whom somebody wanted to ask again comes back on its day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities import of_deals
from daifuku.customers.models import Lead
from daifuku.deals import alone, alone_leads
from daifuku.deals.actions.watching import edit_watch
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records import actions
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
def lead(cast: Cast) -> Any:
    with through(at=BEGAN):
        return actions.create("lead", {"family_name": "佐藤", "company": "若葉"}, by=cast.aoyama)


def keys(lead: Any, today: date) -> list[str]:
    fresh = Lead.plain.get(pk=lead.pk)
    return [reason.key for reason in alone_leads.reasons([fresh], today, alone.limits())[lead.pk]]


def spoken(cast: Cast, lead: Any, day: str) -> Any:
    values = {
        "lead": lead, "method": "phone", "content": "question", "text": "資料を送る約束",
        "started_at": f"{day}T10:00+09:00",
    }  # fmt: skip
    return actions.create("talk", values, by=cast.aoyama)


def test_nothing_was_recorded_since_it_was_registered(lead: Any) -> None:
    assert keys(lead, date(2026, 11, 12)) == []
    assert keys(lead, date(2026, 11, 13)) == ["card"]


def test_after_a_talk_it_waits_for_the_next_one(cast: Cast, lead: Any) -> None:
    spoken(cast, lead, "2026-11-09")
    assert keys(lead, date(2026, 11, 16)) == []
    assert keys(lead, date(2026, 12, 10)) == ["quiet"]
    edit_watch({"lead_quiet": "0"}, by=cast.mizuno)
    assert keys(lead, date(2026, 12, 10)) == []


def test_a_plan_ahead_is_enough(cast: Cast, lead: Any) -> None:
    values = {"subject": "訪問", "lead": lead, "started_at": "2026-12-20T10:00+09:00"}
    actions.create("plan", values, by=cast.aoyama)
    assert keys(lead, date(2026, 12, 10)) == []
    assert keys(lead, date(2026, 12, 21)) == ["card"]


def test_a_running_deal_speaks_for_its_lead(cast: Cast, lead: Any) -> None:
    Lead.plain.filter(pk=lead.pk).update(alone="card", alone_since=date(2026, 11, 13))
    actions.create("deal", {"name": "棚", "lead": lead}, by=cast.aoyama)
    assert Lead.plain.get(pk=lead.pk).alone == ""
    assert keys(lead, date(2026, 12, 10)) == []


def test_whoever_was_given_up_is_not_waited_for(cast: Cast, lead: Any) -> None:
    actions.edit(lead, {"status": "unqualified"}, by=cast.aoyama)
    assert keys(lead, date(2027, 1, 10)) == []


def test_it_comes_back_on_the_day_to_ask_again_until_somebody_does(cast: Cast, lead: Any) -> None:
    changes = {"status": "unqualified", "ask_again_on": "2026-11-06", "ask_again_note": "新年度の予算"}
    actions.edit(lead, changes, by=cast.aoyama)
    assert keys(lead, date(2026, 11, 5)) == []
    assert keys(lead, date(2026, 11, 6)) == ["ask_again"]
    spoken(cast, lead, "2026-11-09")
    assert keys(lead, date(2026, 11, 10)) == []


def test_a_day_to_ask_again_that_is_still_to_come_leaves_it_in_peace(cast: Cast, lead: Any) -> None:
    actions.edit(lead, {"ask_again_on": "2027-04-01"}, by=cast.aoyama)
    assert keys(lead, date(2026, 12, 10)) == []


def test_every_morning_it_is_kept_for_lists_without_a_line(cast: Cast, lead: Any) -> None:
    Lead.plain.filter(pk=lead.pk).update(ask_again_on=date(2020, 1, 1), alone="", alone_since=None)
    lines, version = Event.objects.count(), Lead.plain.get(pk=lead.pk).version
    assert alone_leads.look_at_all() == 1
    assert (Event.objects.count(), Lead.plain.get(pk=lead.pk).version) == (lines, version)
    viewer = Viewer(cast.aoyama)
    condition = parse({"all": [{"field": "alone", "op": "any_of", "value": ["ask_again"]}]}, "lead", viewer)
    assert list(Lead.objects.visible_to(viewer).filter(condition.q(viewer, date(2026, 11, 27)))) == [lead]


def test_it_stands_on_the_page_the_list_the_board_and_today(cast: Cast, login_as: Login, lead: Any) -> None:
    actions.edit(lead, {"ask_again_on": "2020-01-01", "ask_again_note": "展示会の前に"}, by=cast.aoyama)
    client = login_as(cast.aoyama)
    board = "/leads/?layout=board&by=status"
    for address in (lead.get_absolute_url(), "/leads/?view=alone", board, "/today/"):
        assert "また声をかける日" in client.get(address).content.decode(), address
    for address in (lead.get_absolute_url(), "/leads/?view=alone", "/today/"):
        assert "展示会の前に" in client.get(address).content.decode(), address


def test_the_rep_sees_his_own_in_the_morning(cast: Cast, lead: Any) -> None:
    actions.edit(lead, {"ask_again_on": "2020-01-01"}, by=cast.aoyama)
    now = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    told = of_deals.for_today(Viewer(cast.aoyama), None, now)
    assert told is not None
    assert [each["record"] for each in told["leads"]] == [lead]
    assert of_deals.for_today(Viewer(cast.senda), None, now) is None


def test_the_reason_goes_when_the_person_is_erased(cast: Cast, lead: Any) -> None:
    from daifuku.records.actions.erasing import erase

    actions.edit(lead, {"ask_again_on": "2027-04-01", "ask_again_note": "娘さんの結婚のあと"}, by=cast.aoyama)
    erase(lead, by=cast.mizuno)
    assert not Event.objects.filter(data__icontains="結婚").exists()
    assert Lead.plain.get(pk=lead.pk).ask_again_note == ""
