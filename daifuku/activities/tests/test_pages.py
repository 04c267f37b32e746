"""The pages of talks and plans: the panel beside a customer, the day, a plan's three buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from daifuku.activities.actions import finish, postpone
from daifuku.activities.models import Plan, Talk
from daifuku.activities.panels import activities
from daifuku.records import actions
from daifuku.records.catalogue import vocabulary
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
CALL = {"method": "phone", "content": "delivery", "text": "納期は25日でよいとのこと。"}


@pytest.fixture
def sato(cast: Cast, firm: Any) -> Any:
    return actions.create("contact", {"family_name": "佐藤", "account": firm}, by=cast.aoyama)


def planned(cast: Cast, firm: Any, days: float, **values: Any) -> Any:
    start = timezone.now() + timedelta(days=days)
    given = {"account": firm, "method": "visit", "subject": "見積の説明", "started_at": start}
    return actions.create("plan", given | values, by=cast.aoyama)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_customer_shows_what_is_ahead_and_what_was_said(
    cast: Cast, login_as: Login, firm: Any, sato: Any
) -> None:
    talk = actions.create("talk", {**CALL, "contact": sato}, by=cast.aoyama)
    plan = planned(cast, firm, 1, contact=sato)
    for record in (firm, sato):
        page = text(login_as(cast.aoyama), record.get_absolute_url())
        for each in (talk, plan):
            assert f'href="{each.get_absolute_url()}"' in page
        assert f"/talks/new/?{record.object_key}={record.uid}" in page
        assert f"/plans/new/?{record.object_key}={record.uid}" in page


def test_a_lead_shows_them_as_well(cast: Cast, login_as: Login) -> None:
    lead = actions.create("lead", {"family_name": "山田", "company": "山田商店"}, by=cast.aoyama)
    talk = actions.create("talk", {**CALL, "lead": lead}, by=cast.aoyama)
    assert talk.get_absolute_url() in text(login_as(cast.aoyama), lead.get_absolute_url())


def test_the_newest_twenty_come_first_and_the_rest_is_a_click_away(
    cast: Cast, login_as: Login, firm: Any
) -> None:
    now = timezone.now()
    for days in range(25):
        values = {**CALL, "account": firm, "subject": f"電話{days}", "started_at": now - timedelta(days=days)}
        actions.create("talk", values, by=cast.aoyama)
    context = activities(firm, viewer_of(cast.aoyama))
    assert context is not None
    assert [line.record.subject for line in context["talks"]] == [f"電話{days}" for days in range(20)]
    listed = text(login_as(cast.aoyama), context["more_talks"])
    assert "電話24" in listed


def test_the_panel_asks_twice_however_much_there_is(cast: Cast, firm: Any, sato: Any) -> None:
    viewer = viewer_of(cast.aoyama)
    for number in range(3):
        actions.create("talk", {**CALL, "contact": sato}, by=cast.aoyama)
        planned(cast, firm, number, contact=sato)
        with vocabulary.steady():
            activities(firm, viewer)
            with CaptureQueriesContext(connection) as asked:
                activities(firm, viewer)
        assert len(asked) == 2


def test_who_sees_few_of_many_still_sees_his_newest(cast: Cast, firm: Any) -> None:
    role = cast.aoyama.roles.get()
    role.grants = {"*": {"view": "own", "create": "all", "edit": "own"}}
    role.save()
    now = timezone.now()
    for number in range(45):
        owner = cast.baba if number > 42 else cast.senda
        values = {**CALL, "account": firm, "owner": owner, "started_at": now - timedelta(hours=number)}
        actions.create("talk", values, by=cast.mizuno)
    context = activities(firm, viewer_of(type(cast.baba).objects.get(pk=cast.baba.pk)))
    assert context is not None
    assert len(context["talks"]) == 2


def test_a_person_one_may_not_know_has_no_name_there(cast: Cast, login_as: Login, firm: Any) -> None:
    secret = actions.create(
        "contact", {"family_name": "秘田", "account": firm, "privacy": "private"}, by=cast.aoyama
    )
    actions.create("talk", {**CALL, "contact": secret}, by=cast.aoyama)
    page = text(login_as(cast.senda), firm.get_absolute_url())
    assert "秘田" not in page
    assert "非公開の担当者" in page


def test_who_may_write_nothing_is_offered_nothing(cast: Cast, login_as: Login, firm: Any) -> None:
    plan = planned(cast, firm, 1)
    page = text(login_as(cast.eguchi), firm.get_absolute_url())
    assert plan.get_absolute_url() in page
    assert "/talks/new/" not in page
    assert "finish/" not in text(login_as(cast.eguchi), plan.get_absolute_url())


def test_the_form_begins_with_the_customer(cast: Cast, login_as: Login, firm: Any) -> None:
    client = login_as(cast.aoyama)
    assert "青葉商事" in text(client, f"/talks/new/?account={firm.uid}")
    sent = {**CALL, "account": "青葉商事", "account.uid": str(firm.uid), "account.label": "青葉商事"}
    answer = client.post("/talks/new/", sent)
    assert answer["Location"] == Talk.plain.get().get_absolute_url()


def test_a_talk_in_the_future_is_refused_with_a_sentence(cast: Cast, login_as: Login, firm: Any) -> None:
    answer = login_as(cast.aoyama).post(
        "/talks/new/", {**CALL, "account": "青葉商事", "started_at": "2099-04-01T10:00"}
    )
    assert answer.status_code == 422
    assert "活動予定に登録してください" in answer.content.decode()
    assert not Talk.plain.exists()


def test_the_result_of_a_plan_leads_to_the_next_one(cast: Cast, login_as: Login, firm: Any) -> None:
    plan, client = planned(cast, firm, -0.1), login_as(cast.aoyama)
    address = reverse("activities:finish", args=[plan.uid])
    assert address in text(client, plan.get_absolute_url())
    page = client.get(address)
    sent = {
        "method": "visit", "content": "order", "text": "20個で決まり。", "started_at": "2026-11-20T10:00",
        "next-started_at": "2099-04-01T10:00", "next-subject": "納品", "once": page.context["once"],
    }  # fmt: skip
    for _ in range(2):
        answer = client.post(address, sent)
        assert answer["Location"] == Talk.plain.get().get_absolute_url()
    assert Plan.plain.get(pk=plan.pk).state == "done"
    assert Plan.plain.get(subject="納品").account == firm
    assert address not in text(client, plan.get_absolute_url())


def test_a_refused_result_keeps_what_was_typed(cast: Cast, login_as: Login, firm: Any) -> None:
    plan = planned(cast, firm, -0.1)
    answer = login_as(cast.aoyama).post(
        reverse("activities:finish", args=[plan.uid]),
        {
            "method": "visit",
            "content": "order",
            "text": "",
            "next_step": "見積を送る",
            "next-subject": "納品",
        },
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "見積を送る" in page
    assert "納品" in page
    assert Plan.plain.get().state == "planned"


def test_a_next_plan_without_a_time_is_refused_beside_its_field(
    cast: Cast, login_as: Login, firm: Any
) -> None:
    plan = planned(cast, firm, -0.1)
    answer = login_as(cast.aoyama).post(
        reverse("activities:finish", args=[plan.uid]),
        {"method": "visit", "content": "order", "text": "決まり", "next-subject": "納品"},
    )
    assert answer.status_code == 422
    assert answer.context["following"].errors["started_at"]


def test_a_plan_is_put_off_and_called_off_on_its_pages(cast: Cast, login_as: Login, firm: Any) -> None:
    plan, client = planned(cast, firm, 1), login_as(cast.aoyama)
    address = reverse("activities:postpone", args=[plan.uid])
    assert client.post(address, {"started_at": "", "reason": ""}).status_code == 422
    assert client.post(address, {"started_at": "2099-04-01T10:00", "reason": "台風"}).status_code == 302
    assert Plan.plain.get().state == "postponed"
    address = reverse("activities:cancel", args=[plan.uid])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "先方の都合"}).status_code == 302
    assert Plan.plain.get().state == "cancelled"
    assert client.post(address, {"reason": "先方の都合"}).status_code == 422


def test_another_team_gets_neither_page(cast: Cast, login_as: Login, firm: Any) -> None:
    plan = planned(cast, firm, 1)
    client = login_as(cast.senda)
    for name in ("finish", "postpone", "cancel"):
        assert client.get(reverse(f"activities:{name}", args=[plan.uid])).status_code == 403
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    for name in ("finish", "postpone", "cancel"):
        assert client.get(reverse(f"activities:{name}", args=[plan.uid])).status_code == 404


def test_the_day_shows_what_is_mine_and_waits(cast: Cast, login_as: Login, firm: Any) -> None:
    waiting = planned(cast, firm, -3, subject="先週の訪問")
    ahead = planned(cast, firm, 2, subject="あさっての訪問")
    moved = planned(cast, firm, -2, subject="動いた訪問")
    postpone(moved, timezone.now() + timedelta(days=3), "台風", by=cast.aoyama)
    done = planned(cast, firm, -1, subject="済んだ訪問")
    talk = finish(done, {"content": "order", "text": "x", "started_at": timezone.now()}, by=cast.aoyama)
    other = planned(cast, firm, 0, subject="他人の訪問", owner=cast.baba)
    page = login_as(cast.aoyama).get("/today/")
    plans = page.context["plans"]
    assert [line.record for line in plans.waiting] == [waiting]
    assert [line.record for line in plans.ahead] == [ahead, moved]
    assert [line.record for line in page.context["talks"]] == [talk]
    assert other.subject not in page.content.decode()
    home = text(login_as(cast.aoyama), "/")
    assert waiting.subject in home


def test_two_lists_that_are_never_confused(cast: Cast, login_as: Login, firm: Any) -> None:
    actions.create("talk", {**CALL, "account": firm, "subject": "納期の電話"}, by=cast.aoyama)
    planned(cast, firm, 1, subject="見積の訪問")
    client = login_as(cast.aoyama)
    talks, plans = text(client, "/talks/"), text(client, "/plans/")
    assert "納期の電話" in talks
    assert "見積の訪問" not in talks
    assert "見積の訪問" in plans
    assert "納期の電話" not in plans
