"""Deals in the browser: the board, the bar of stages, the page of a move, people and rivals, the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.deals.actions import move
from daifuku.deals.actions import processes as verbs
from daifuku.deals.models import Deal
from daifuku.records import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    contact = actions.create("contact", {"family_name": "山田", "account": firm}, by=cast.aoyama)
    values = {"name": "棚の入れ替え", "account": firm, "contact": contact, "amount": 1_000_000}
    return actions.create("deal", values, by=cast.aoyama)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_board_shows_the_stages_of_one_process_with_count_sum_and_weighted_sum(
    cast: Cast, login_as: Login, deal: Any
) -> None:
    verbs.add_process({"name": "リピート"}, by=cast.mizuno)
    text = page(login_as(cast.aoyama), "/deals/?view=running")
    assert text.count('data-board-target="column"') == 8
    for words in ("棚の入れ替え", "1,000,000円", "100,000円", "次の予定なし", "1日目／目安3日", "リピート"):
        assert words in text


def test_the_page_tells_stages_guidance_and_the_next_step(cast: Cast, login_as: Login, deal: Any) -> None:
    text = page(login_as(cast.aoyama), deal.get_absolute_url())
    for words in (
        "「アポイント」へ進める",
        "失注にする",
        "この段階ですること",
        "お客様の関係者",
        "段階の履歴",
        "活動",
    ):
        assert words in text


def test_one_press_moves_it(cast: Cast, login_as: Login, deal: Any) -> None:
    client = login_as(cast.aoyama)
    answer = client.post(f"/deals/{deal.uid}/stage/", {"stage": "appointment"})
    assert answer.status_code == 302
    assert Deal.plain.get(pk=deal.pk).stage == "appointment"


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(
    cast: Cast, login_as: Login, deal: Any
) -> None:
    client = login_as(cast.aoyama)
    sent = {"stage": "lost", "lost_reason": "", "competitor": "有松資材", "ask_again_on": "2027-04-01"}
    answer = client.post(f"/deals/{deal.uid}/stage/", sent)
    assert answer.status_code == 422
    assert "有松資材" in answer.content.decode()
    assert client.post(f"/deals/{deal.uid}/stage/", {**sent, "lost_reason": "price"}).status_code == 302
    lost = Deal.plain.get(pk=deal.pk)
    assert (lost.state, lost.competitor, str(lost.ask_again_on)) == ("lost", "有松資材", "2027-04-01")


def test_a_card_that_may_not_go_leads_to_the_page_that_asks(cast: Cast, login_as: Login, deal: Any) -> None:
    sent = {"view": "running", "field": "stage", "to": "lost", "version": deal.version}
    answer = login_as(cast.aoyama).post(f"/deals/{deal.uid}/move/", sent)
    assert answer.status_code == 422
    assert answer["Daifuku-Asks"] == f"/deals/{deal.uid}/stage/?stage=lost&from=board"


def test_a_card_goes_where_it_may(cast: Cast, login_as: Login, deal: Any) -> None:
    sent = {"view": "running", "field": "stage", "to": "appointment", "version": deal.version}
    answer = login_as(cast.aoyama).post(f"/deals/{deal.uid}/move/", sent)
    assert answer.status_code == 200
    assert 'data-column="appointment"' in answer.content.decode()


def test_people_with_roles_and_rivals_stand_on_it(cast: Cast, login_as: Login, deal: Any) -> None:
    client = login_as(cast.aoyama)
    sent = {
        "contact": str(deal.contact.uid),
        "role": "decider",
        "influence": "high",
        "stance": "for",
        "note": "部長",
    }
    assert client.post(f"/deals/{deal.uid}/people/", sent).status_code == 302
    sent = {"name": "有松資材", "standing": "behind", "strengths": "価格", "weaknesses": ""}
    assert client.post(f"/deals/{deal.uid}/rivals/", sent).status_code == 302
    text = page(client, deal.get_absolute_url())
    for words in ("決裁者", "賛成", "有松資材", "当社が劣勢"):
        assert words in text
    assert client.post(f"/deals/{deal.uid}/people/{deal.contact.uid}/remove/").status_code == 302
    assert not deal.people.exists()


def test_the_customer_s_page_lists_its_deals(cast: Cast, login_as: Login, deal: Any) -> None:
    assert "棚の入れ替え" in page(login_as(cast.aoyama), deal.account.get_absolute_url())


def test_a_plan_of_the_deal_is_its_next_step(cast: Cast, deal: Any) -> None:
    plan = actions.create("plan", {"deal": deal, "started_at": "2099-04-01T10:00:00+09:00"}, by=cast.aoyama)
    assert plan.account == deal.account
    assert str(Deal.plain.get(pk=deal.pk).step_on) == "2099-04-01"
    actions.trash(plan, by=cast.aoyama)
    assert Deal.plain.get(pk=deal.pk).step_on is None


def test_the_settings_shape_processes(cast: Cast, login_as: Login, deal: Any) -> None:
    client = login_as(cast.mizuno)
    assert "問合せ" in page(client, "/settings/processes/")
    assert "順番を保存" in page(client, "/settings/processes/standard/")
    text = page(client, "/settings/processes/standard/stages/quote/")
    assert "見積の返事を聞く、3日後" in text
    answer = client.post(
        "/settings/processes/", {"name": "リピート", "purpose": "", "active": "on", "like": "standard"}
    )
    assert answer.status_code == 302
    assert "移す先のプロセス" in page(client, "/settings/processes/standard/carry/?into=process1")
    sent = {"into": "process1", "to-inquiry": "process1_2", "do": "look"}
    assert "1件の商談が移ります" in client.post("/settings/processes/standard/carry/", sent).content.decode()
    page(login_as(cast.aoyama), "/settings/processes/", 404)


def test_the_history_tells_days_skips_and_pushes(cast: Cast, login_as: Login, deal: Any) -> None:
    actions.edit(deal, {"close_on": "2026-12-01"}, by=cast.aoyama)
    actions.edit(deal, {"close_on": "2026-12-20"}, by=cast.aoyama)
    move(deal, "visit", by=cast.aoyama)
    move(deal, "inquiry", by=cast.aoyama, reason="担当が替わった")
    text = page(login_as(cast.aoyama), deal.get_absolute_url())
    assert "飛ばして進む" in text
    assert "担当が替わった" in text
    assert "<b>1</b> 受注予定日の延期" in text
