"""The panel of a lead, 「今日」, the pages of hand-overs and their figures, the settings."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Lead
from daifuku.ledger.channel import through
from daifuku.passing.actions import accept, give_back, pass_on
from daifuku.passing.models import Handing, setup
from daifuku.records import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def test_passed_on_from_its_page_and_answered_from_today(cast: Cast, lead: Any, login_as: Login) -> None:
    marketer, rep = login_as(cast.osaki), login_as(cast.aoyama)
    assert "営業に引き渡す" in text(marketer.get(lead.get_absolute_url()))
    sent = {"to": str(cast.aoyama.uid), "note": "実機をご覧になりました"}
    marketer.post(f"/leads/{lead.uid}/pass/", sent)
    handing = Handing.objects.get()
    page = text(marketer.get(lead.get_absolute_url()))
    assert "返事待ち" in page
    assert "引き渡しを取り消す" in page
    today = text(rep.get("/today/"))
    assert "実機をご覧になりました" in today
    assert f"/passing/{handing.uid}/accept/" in today
    rep.post(f"/passing/{handing.uid}/accept/")
    assert Handing.objects.get().state == "accepted"
    assert f"/passing/{handing.uid}/accept/" not in text(rep.get("/today/"))


def test_whoever_must_answer_finds_it_on_top_of_the_lead_once(cast: Cast, lead: Any, login_as: Login) -> None:
    handing = pass_on(lead, cast.aoyama, "実機をご覧になりました", by=cast.osaki)
    page = text(login_as(cast.aoyama).get(lead.get_absolute_url()))
    assert page.count("実機をご覧になりました") == page.count(f"/passing/{handing.uid}/accept/") == 1
    assert page.index(f"/passing/{handing.uid}/accept/") < page.index('class="record-columns"')
    page = text(login_as(cast.baba).get(lead.get_absolute_url()))
    assert f"/passing/{handing.uid}/accept/" not in page
    assert page.index("実機をご覧になりました") > page.index('class="record-columns"')


def test_out_of_a_queue_it_is_taken_by_one_button(cast: Cast, lead: Any, login_as: Login) -> None:
    handing = pass_on(lead, cast.section, "お急ぎです", by=cast.osaki)
    page = text(login_as(cast.aoyama).get(lead.get_absolute_url()))
    assert page.count("<span>引き受ける</span>") == 1
    assert page.count(f"/passing/{handing.uid}/return/") == 1


def test_a_mistake_keeps_what_was_typed(cast: Cast, lead: Any, login_as: Login) -> None:
    handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    answer = login_as(cast.aoyama).post(f"/passing/{handing.uid}/return/", {"answer": "来年度とのこと"})
    assert answer.status_code == 422
    assert "来年度とのこと" in text(answer)
    assert "戻す理由を選んでください" in text(answer)
    answer = login_as(cast.osaki).post(f"/leads/{lead.uid}/pass/", {"note": "長い" * 300})
    assert answer.status_code == 422


def test_the_figures_open_their_rows(cast: Cast, lead: Any, login_as: Login) -> None:
    at = datetime(2026, 11, 24, 1, tzinfo=UTC)
    with through(at=at):
        handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    with through(at=datetime(2026, 11, 24, 3, 30, tzinfo=UTC)):
        give_back(handing, {"reason": "early"}, by=cast.aoyama)
    with through(at=at):
        again = pass_on(Lead.plain.get(pk=lead.pk), cast.baba, by=cast.osaki)
    with through(at=datetime(2026, 11, 24, 2, 0, tzinfo=UTC)):
        accept(again, by=cast.baba)
    client = login_as(cast.osaki)
    page = text(client.get("/passing/report/?begin=2026-11-01&end=2026-11-30"))
    assert "2時間30分" in page
    assert "1時間45分" in page
    query = next(each for each in re.findall(r'href="/passing/(\?[^"]+)"', page) if "reason=early" in each)
    rows = text(client.get("/passing/" + unescape(query)))
    assert "まだ時期が早い" in rows
    assert str(cast.baba) not in re.findall(r'<li class="lead-row">.*?</li>', rows, re.S)[0]


def test_what_one_does_not_see_is_in_no_figure(cast: Cast, lead: Any, login_as: Login) -> None:
    actions.edit(lead, {"privacy": "private"}, by=cast.osaki)
    handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    client = login_as(cast.senda)
    assert "佐藤" not in text(client.get("/passing/"))
    assert "この期間の引き渡しはありません" in text(client.get("/passing/report/"))
    assert client.post(f"/passing/{handing.uid}/accept/").status_code == 404


def test_the_settings_page_saves_the_condition(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.mizuno)
    assert "引き渡せる条件" in text(client.get("/settings/passing/"))
    sent = {
        "version": "1", "on": "on", "target": "rules", "team": "", "hours": "6", "match": "all", "row": ["0"],
        "field-0": "rating", "op-0": "any_of", "value-0": ["hot"], "takes-0": "many",
    }  # fmt: skip
    assert client.post("/settings/passing/", sent).status_code == 302
    rules = setup()
    assert (rules.on, rules.hours) == (True, 6)
    assert rules.condition == {"all": [{"field": "rating", "op": "any_of", "value": ["hot"]}]}
    assert client.post("/settings/passing/", {**sent, "version": "2", "hours": "たくさん"}).status_code == 422
    assert login_as(cast.aoyama).get("/settings/passing/").status_code == 404


@pytest.mark.parametrize("words", ["begin=x", "begin=2026-02-02&end=2026-01-01", "state=nothing", "who=???"])
def test_odd_questions_are_told(cast: Cast, on: Any, login_as: Login, words: str) -> None:
    for address in ("/passing/", "/passing/report/"):
        answer = login_as(cast.osaki).get(f"{address}?{words}")
        assert answer.status_code == 422
        assert 'role="alert"' in text(answer)


def test_an_unready_lead_shows_no_button(cast: Cast, on: Any, login_as: Login) -> None:
    lead = actions.create("lead", {"family_name": "林", "company": "林商店"}, by=cast.osaki)
    assert "営業に引き渡す" not in text(login_as(cast.osaki).get(lead.get_absolute_url()))
