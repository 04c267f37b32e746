"""Picked out of a talk with two presses, answered, brought back to the customer's page and to whoever brought it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.records import actions, undoing
from daifuku.voices import alarm
from daifuku.voices.actions import answer, pick, take
from daifuku.voices.actions.conducting import edit_conduct
from daifuku.voices.models import Conduct, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    values = {
        "account": firm,
        "method": "visit",
        "content": "question",
        "text": "小分けの袋がほしい。雑談もした。",
    }
    return actions.create("talk", values, by=cast.aoyama)


@pytest.fixture
def voice(cast: Cast, talk: Any) -> Any:
    return pick(talk, {"topic": "wish", "product": "緩衝材", "text": "小分けの袋がほしい。"}, by=cast.aoyama)


def test_without_words_of_its_own_it_is_the_whole_detail(cast: Cast, talk: Any) -> None:
    voice = pick(talk, {"topic": "wish", "text": ""}, by=cast.baba)
    assert (voice.text, voice.owner, voice.account, voice.talk) == (
        talk.text,
        cast.aoyama,
        talk.account,
        talk,
    )


def test_an_unknown_topic_is_refused(cast: Cast, talk: Any) -> None:
    with pytest.raises(Invalid):
        pick(talk, {"topic": "nonsense"}, by=cast.aoyama)


def test_two_presses_make_it_and_the_page_offers_to_take_it_back(
    cast: Cast, talk: Any, login_as: Login
) -> None:
    client = login_as(cast.aoyama)
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "お客様の声にする" in page
    answered = client.post(
        f"{talk.get_absolute_url()}voice/", {"text": "袋がほしい", "topic": "wish"}, follow=True
    )
    assert "お客様の声「袋がほしい」を登録しました。" in answered.content.decode()
    assert Voice.plain.get().talk == talk


def test_a_refused_form_keeps_what_was_typed(cast: Cast, talk: Any, login_as: Login) -> None:
    answered = login_as(cast.aoyama).post(
        f"{talk.get_absolute_url()}voice/", {"text": "袋がほしい", "topic": "x"}
    )
    assert answered.status_code == 422
    assert "袋がほしい" in answered.content.decode()


def test_somebody_takes_it_and_answers_it_once(cast: Cast, voice: Any) -> None:
    taken = take(voice, by=cast.osaki)
    assert (taken.state, taken.solver) == ("doing", cast.osaki)
    done = answer(taken, {"answer": "来春に出します。"}, by=cast.osaki)
    assert (done.state, done.answered_at is not None) == ("answered", True)
    with pytest.raises(Conflict):
        answer(done, {"answer": "もう一度"}, by=cast.osaki)
    undoing.undo(Event.objects.filter(kind="voice.edited").latest("pk"), by=cast.osaki)
    assert Voice.plain.get().answered_at is None


def test_what_will_not_be_done_says_why(cast: Cast, voice: Any) -> None:
    with pytest.raises(Invalid):
        answer(voice, {"answer": " "}, by=cast.osaki, dropped=True)
    assert answer(voice, {"answer": "採算が合わないため。"}, by=cast.osaki, dropped=True).state == "dropped"


def test_a_stranger_answers_nothing(cast: Cast, voice: Any) -> None:
    with pytest.raises(Forbidden):
        answer(voice, {"answer": "x"}, by=cast.senda)


def test_the_answer_stands_on_the_customers_page_and_before_the_next_visit(
    cast: Cast, voice: Any, login_as: Login
) -> None:
    start = timezone.now() + timedelta(hours=1)
    plan = actions.create(
        "plan", {"account": voice.account, "started_at": start, "subject": "定期訪問"}, by=cast.aoyama
    )
    client = login_as(cast.aoyama)
    assert "まだ回答していない声" in client.get(plan.get_absolute_url()).content.decode()
    answer(voice, {"answer": "来春に出します。"}, by=cast.osaki)
    for address in (voice.account.get_absolute_url(), plan.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "新しい回答" in page
        assert "来春に出します。" in page
    Voice.plain.update(answered_at=timezone.now() - timedelta(days=61))
    assert "来春に出します。" not in client.get(plan.get_absolute_url()).content.decode()


def test_today_tells_of_the_voices_of_those_whom_one_visits(cast: Cast, voice: Any, login_as: Login) -> None:
    now = timezone.now()
    actions.create("plan", {"account": voice.account, "started_at": now, "subject": "訪問"}, by=cast.aoyama)
    assert "訪問の前に: お客様の声" in login_as(cast.aoyama).get("/today/").content.decode()
    told = login_as(cast.aoyama).get("/phone/data/").json()
    plans = [*told["waiting"], *told["today"]]
    assert [each["name"] for each in plans[0]["voices"]] == ["小分けの袋がほしい。"]


def test_whoever_waits_too_long_is_told_once(cast: Cast, voice: Any) -> None:
    alarm.tell_of_unanswered()
    assert not Notice.objects.filter(kind=alarm.UNANSWERED).exists()
    Voice.plain.update(created_at=timezone.now() - timedelta(days=15))
    for _again in range(2):
        alarm.tell_of_unanswered()
    told = Notice.objects.filter(kind=alarm.UNANSWERED)
    assert {each.person for each in told} == {cast.aoyama}
    take(voice, by=cast.osaki)
    Voice.plain.update(due_on=timezone.localdate() - timedelta(days=1))
    alarm.tell_of_unanswered()
    assert Notice.objects.get(kind=alarm.OVERDUE).person == cast.osaki


def test_never_means_never(cast: Cast, voice: Any) -> None:
    edit_conduct({"alarm_days": 0}, by=cast.mizuno)
    Voice.plain.update(created_at=timezone.now() - timedelta(days=400))
    alarm.tell_of_unanswered()
    assert not Notice.objects.exists()


def test_the_firm_decides_otherwise_and_back(cast: Cast) -> None:
    firm = actions.create("account", {"name": "若葉", "privacy": "private"}, by=cast.aoyama)
    actions.create("voice", {"text": "値下げを", "topic": "price", "account": firm}, by=cast.aoyama)
    edit_conduct({"share_private": False}, by=cast.mizuno)
    assert not Voice.objects.visible_to(cast.senda).exists()
    undoing.undo(Event.objects.get(kind="voices.conduct_changed"), by=cast.mizuno)
    assert Voice.objects.visible_to(cast.senda).exists()
    with pytest.raises(Forbidden):
        edit_conduct({"alarm_days": 3}, by=cast.aoyama)
    with pytest.raises(Invalid):
        edit_conduct({"alarm_days": "many"}, by=cast.mizuno)
    assert Conduct.objects.get().share_private


def test_the_summary_counts_by_product_and_topic_and_by_how_long_they_wait(
    cast: Cast, voice: Any, login_as: Login
) -> None:
    actions.create("voice", {"text": "高い", "topic": "price", "product": "緩衝材"}, by=cast.aoyama)
    old = actions.create("voice", {"text": "割れた", "topic": "quality"}, by=cast.aoyama)
    Voice.plain.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=20))
    client = login_as(cast.senda)
    page = client.get("/voices/summary/")
    found = page.context["summary"]
    assert [(row.product, row.total) for row in found.rows] == [("緩衝材", 2), ("", 1)]
    assert [n for _words, n, _address in found.ages] == [2, 0, 1, 0]
    for row in found.rows:
        assert client.get(row.address).status_code == 200
        assert client.get(row.address).content.decode().count('class="row-name"') >= 0
    assert client.get(found.ages[2][2]).content.decode().count("割れた") >= 1
    assert [n for _option, n, _address in found.states] == [3, 0, 0, 0]
