"""A voice is kept with its customer and its talk, answered once, and seen by all without the names of private ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account
from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import erasing
from daifuku.voices.actions import pick
from daifuku.voices.actions.conducting import edit_conduct
from daifuku.voices.models import Conduct, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
WISH = {"topic": "wish", "product": "緩衝材", "text": "小分けの袋がほしい。\n10枚入りで。"}


@pytest.fixture
def firm(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事", "privacy": "private"}, by=cast.aoyama)


def talk_with(firm: Any, by: Person) -> Any:
    values = {"account": firm, "method": "visit", "content": "question", "text": "小分けの話"}
    return actions.create("talk", values, by=by)


def test_it_takes_the_customer_of_its_talk_and_its_first_line_as_name(cast: Cast, firm: Any) -> None:
    voice = actions.create("voice", {**WISH, "talk": talk_with(firm, cast.aoyama)}, by=cast.aoyama)
    kept = Voice.plain.get(pk=voice.pk)
    assert (kept.account, kept.subject, kept.state, kept.severity) == (
        firm,
        "小分けの袋がほしい。",
        "new",
        "middle",
    )
    assert (kept.owner, kept.keeper) == (cast.aoyama, cast.aoyama)


def test_all_see_it_but_not_whose_it_is(cast: Cast, firm: Any, login_as: Login) -> None:
    voice = actions.create("voice", {**WISH, "account": firm}, by=cast.aoyama)
    assert Voice.objects.visible_to(cast.senda).get() == voice
    page = login_as(cast.senda).get(voice.get_absolute_url()).content.decode()
    assert "小分けの袋がほしい。" in page
    assert "青葉商事" not in page
    assert "青葉商事" not in login_as(cast.senda).get("/voices/").content.decode()
    assert "青葉商事" in login_as(cast.aoyama).get(voice.get_absolute_url()).content.decode()


def test_a_firm_may_keep_voices_of_private_customers_as_private_as_these(cast: Cast, firm: Any) -> None:
    Conduct.objects.create(share_private=False)
    voice = actions.create("voice", {**WISH, "account": firm}, by=cast.aoyama)
    assert not Voice.objects.visible_to(cast.senda).exists()
    actions.edit(firm, {"privacy": ""}, by=cast.aoyama)
    assert Voice.objects.visible_to(cast.senda).get() == voice


def test_it_belongs_to_whoever_is_in_charge_of_the_customer_now(cast: Cast, firm: Any) -> None:
    voice = actions.create("voice", {**WISH, "account": firm}, by=cast.baba)
    actions.edit(firm, {"owner": cast.senda, "privacy": ""}, by=cast.aoyama)
    voice.refresh_from_db()
    assert (voice.owner, voice.keeper) == (cast.baba, cast.senda)
    actions.edit(voice, {"countermeasure": "袋を試作する"}, by=cast.senda)


@pytest.mark.parametrize("state", ["answered", "dropped"])
def test_it_is_closed_with_words_for_the_customer(cast: Cast, state: str) -> None:
    voice = actions.create("voice", WISH, by=cast.aoyama)
    with pytest.raises(Invalid) as refused:
        actions.edit(voice, {"state": state}, by=cast.aoyama)
    assert refused.value.problems[0].field == "answer"
    voice = actions.edit(voice, {"state": state, "answer": "来春から10枚入りを出します。"}, by=cast.aoyama)
    assert voice.answered_at is not None
    assert actions.edit(voice, {"state": "doing"}, by=cast.aoyama).answered_at is None


def test_whoever_works_on_it_may_change_it_and_a_stranger_not(cast: Cast) -> None:
    voice = actions.create("voice", {**WISH, "solver": cast.senda}, by=cast.aoyama)
    actions.edit(voice, {"state": "doing"}, by=cast.senda)
    other = actions.create("voice", WISH, by=cast.aoyama)
    with pytest.raises(Forbidden):
        actions.edit(other, {"state": "doing"}, by=cast.senda)


def test_it_is_undone(cast: Cast) -> None:
    actions.create("voice", WISH, by=cast.aoyama)
    undoing.undo(Event.objects.get(kind="voice.created"), by=cast.aoyama)
    assert Voice.plain.get().trashed_at is not None


def test_what_an_erased_person_said_goes_and_what_it_was_about_stays(cast: Cast, firm: Any) -> None:
    him = actions.create("contact", {"family_name": "紅林", "account": firm}, by=cast.aoyama)
    voice = actions.create("voice", {**WISH, "contact": him}, by=cast.aoyama)
    actions.edit(voice, {"answer": "紅林様へお送りします", "state": "answered"}, by=cast.aoyama)
    assert erasing.say_before[-1](him).startswith("お客様の声 1件")
    erasing.erase(him, by=cast.mizuno)
    voice.refresh_from_db()
    assert (voice.topic, voice.product, voice.account) == ("wish", "緩衝材", firm)
    assert "小分け" not in f"{voice.subject}{voice.text}"
    assert "紅林" not in voice.answer
    assert not any("小分け" in str(line.data) for line in Event.objects.all())


def test_the_words_of_a_private_talk_stay_with_those_who_may_read_it(
    cast: Cast, firm: Any, login_as: Login
) -> None:
    talk = talk_with(firm, cast.aoyama)
    voice = pick(talk, {"topic": "wish"}, by=cast.aoyama)
    assert voice.text == talk.text
    assert not Voice.objects.visible_to(cast.senda).exists()
    assert login_as(cast.senda).get(voice.get_absolute_url()).status_code == 404
    actions.edit(voice, {"text": "少量の包装がほしい", "subject": "少量"}, by=cast.aoyama)
    assert Voice.objects.visible_to(cast.senda).exists()
    page = login_as(cast.aoyama).get(talk.get_absolute_url()).content.decode()
    assert "この取引は公開範囲が限られています" in page


def test_they_stay_so_when_the_customer_becomes_private_later(cast: Cast, firm: Any) -> None:
    actions.edit(firm, {"privacy": ""}, by=cast.aoyama)
    talk = talk_with(firm, cast.aoyama)
    whole, own = pick(talk, {"topic": "wish"}, by=cast.aoyama), pick(talk, WISH, by=cast.aoyama)
    assert Voice.objects.visible_to(cast.senda).count() == 2
    actions.edit(Account.plain.get(), {"privacy": "private"}, by=cast.aoyama)
    assert set(Voice.objects.visible_to(cast.senda)) == {own}
    edit_conduct({"share_private": False}, by=cast.mizuno)
    assert not Voice.objects.visible_to(cast.senda).exists()
    edit_conduct({"share_private": True}, by=cast.mizuno)
    assert set(Voice.objects.visible_to(cast.senda)) == {own}
    assert whole.talk == talk
