"""担当者変更のお知らせ: one wording, a letter for each customer; what is wrong with it is told and stays as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.handover.actions import arrange, write_notice
from daifuku.handover.models import Handover
from daifuku.handover.notice import letters_of
from daifuku.handover.sheets import items_for
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def handover(cast: Cast) -> Handover:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    for name, role, mail in (("会田", "uses", ""), ("和田", "window", "wada@aoba.example.jp")):
        person = {"account": firm, "family_name": name, "role": role, "email": mail, "title": "課長"}
        actions.create("contact", person, by=cast.aoyama)
    actions.create("lead", {"company": "新規商店", "family_name": "新田"}, by=cast.aoyama)
    values = {"giver": cast.aoyama, "successors": [{"person": cast.baba, "condition": None}]}
    made = arrange(values, by=cast.osaki, today=timezone.localdate())
    work_off()
    return Handover.objects.get(pk=made.pk)


def letters(handover: Handover, by: Person) -> list[Any]:
    viewer = viewer_of(by)
    return letters_of(handover, items_for(handover, viewer), viewer)


def test_each_customer_gets_his_own(cast: Cast, handover: Handover) -> None:
    firm, lead = letters(handover, cast.baba)
    for words in ("青葉商事 御中", "課長 和田 様", "青山に代わりまして", "馬場 健", cast.baba.email):
        assert words in firm.text
    assert firm.address.startswith("mailto:wada%40aoba.example.jp?subject=")
    assert ("新規商店 御中" in lead.text, "新田 様" in lead.text, lead.address) == (True, True, "")
    assert "【" not in firm.text + lead.text


def test_the_wording_is_the_firms_own_and_can_be_taken_back(cast: Cast, handover: Handover) -> None:
    write_notice(handover, "【お客様】へ。担当は【後任】です。", by=cast.osaki)
    handover.refresh_from_db()
    assert letters(handover, cast.baba)[0].text == "青葉商事 御中へ。担当は馬場 健です。"
    undoing.undo(Event.objects.get(kind="handover.notice_written"), by=cast.osaki)
    handover.refresh_from_db()
    assert handover.notice == ""
    with pytest.raises(Forbidden):
        write_notice(handover, "こんにちは", by=cast.baba)


@pytest.mark.parametrize(
    ("typed", "words"), [("【社長】へ", "【社長】という差し込みはありません"), ("あ" * 3001, "3000文字まで")]
)
def test_what_is_wrong_stays_as_typed(
    cast: Cast, handover: Handover, login_as: Login, typed: str, words: str
) -> None:
    with pytest.raises(Invalid):
        write_notice(handover, typed, by=cast.osaki)
    answer = login_as(cast.osaki).post(f"{handover.get_absolute_url()}notice/", {"notice": typed})
    page = answer.content.decode()
    assert (answer.status_code, typed in page, words in page) == (422, True, True)


def test_letters_are_a_pdf(cast: Cast, handover: Handover, login_as: Login) -> None:
    answer = login_as(cast.baba).post(f"{handover.get_absolute_url()}notice/pdf/")
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    assert login_as(cast.senda).get(f"{handover.get_absolute_url()}notice/").status_code == 404
