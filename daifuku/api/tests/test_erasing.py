"""A person is erased over HTTP: with the power to erase, by who says that he is sure, and only people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.ledger.models import Event, IdempotentRequest
from daifuku.records import actions
from daifuku.records.actions import commenting
from daifuku.records.models import Comment
from daifuku.staff.models import Role

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def eraser(cast: Cast, mizuno: Program) -> Program:
    """水野, whose role may erase."""
    role = Role.objects.create(key="eraser", name="消去係", powers=["erase"])
    cast.mizuno.roles.add(role)
    return Program(cast.mizuno, scopes=("read", "write", "erase"))


@pytest.fixture
def person(cast: Cast, aoyama: Program) -> Any:
    made = actions.create("contact", {"family_name": "消田", "email": "keshita@example.jp"}, by=cast.aoyama)
    commenting.write_comment(made, "甘いものがお好き", by=cast.aoyama)
    return made


def test_a_person_is_erased_and_leaves_the_fact(eraser: Program, person: Any) -> None:
    path = f"/contacts/{person.uid}"
    answer = said(eraser.post(f"{path}/erase", {"sure": True}, Idempotency_Key="e1"))
    line = Event.objects.get(pk=answer["line"])
    assert (line.kind, line.actor, answer["uid"]) == ("contact.erased", eraser.person, str(person.uid))
    kept = type(person).plain.get(pk=person.pk)
    assert (kept.family_name, kept.email) == ("（消去済み）", "")
    assert not Comment.objects.exists()
    assert "消田" not in json.dumps(list(Event.objects.values_list("data", flat=True)), ensure_ascii=False)
    again = eraser.post(f"{path}/erase", {"sure": True}, Idempotency_Key="e1")
    assert (said(again), again["Idempotent-Replayed"]) == (answer, "true")
    assert eraser.get(path).status_code == 404, "what is left lies in the trash"
    assert "消田" not in repr(list(IdempotentRequest.objects.values()))


def test_who_does_not_say_that_he_is_sure_erases_nothing(eraser: Program, person: Any) -> None:
    path = f"/contacts/{person.uid}"
    for body in ({}, {"sure": False}, {"sure": "はい"}, {"sure": True, "x": 1}):
        assert problem(eraser.post(f"{path}/erase", body))["status"] == 422, body
    assert said(eraser.get(path))["family_name"] == "消田"


def test_a_person_in_the_trash_is_erased_as_well(eraser: Program, person: Any, cast: Cast) -> None:
    actions.trash(person, by=cast.aoyama)
    assert said(eraser.post(f"/contacts/{person.uid}/erase", {"sure": True}))["line"]


def test_without_the_power_nobody_is_erased(aoyama: Program, person: Any) -> None:
    answer = problem(aoyama.post(f"/contacts/{person.uid}/erase", {"sure": True}))
    assert (answer["status"], answer["code"]) == (403, "forbidden")
    assert said(aoyama.get(f"/contacts/{person.uid}"))["family_name"] == "消田"


def test_a_token_that_was_not_given_out_for_it_erases_nobody(eraser: Program, person: Any) -> None:
    """Erasing is what nobody can take back, so a token that writes is not enough."""
    path = f"/contacts/{person.uid}"
    plain = Program(eraser.person, scopes=("read", "write", "audit", "staff"))
    answer = problem(plain.post(f"{path}/erase", {"sure": True}))
    assert (answer["status"], answer["code"], answer["scope"]) == (403, "scope", "個人情報の消去")
    reading = Program(eraser.person, scopes=("read", "erase"))
    assert problem(reading.post(f"{path}/erase", {"sure": True}))["code"] == "scope"
    assert said(plain.get(path))["family_name"] == "消田"


def test_a_company_is_no_person(eraser: Program, cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    answer = problem(eraser.post(f"/accounts/{account.uid}/erase", {"sure": True}))
    assert (answer["status"], answer["code"]) == (409, "not_about_a_person")


def test_whom_one_does_not_see_one_does_not_erase(eraser: Program, cast: Cast) -> None:
    hidden = actions.create("contact", {"family_name": "秘田", "privacy": "private"}, by=cast.aoyama)
    assert problem(eraser.post(f"/contacts/{hidden.uid}/erase", {"sure": True}))["status"] == 404
