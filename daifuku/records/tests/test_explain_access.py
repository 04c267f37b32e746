"""The explanation says what the rule does, in every combination; and the page tells it to whom it may."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from daifuku.customers.models import Account
from daifuku.records import actions
from daifuku.records.explaining import ASKED, explain
from daifuku.records.models import Share
from daifuku.records.scope import sees
from daifuku.staff.models import Company, Person, Role
from daifuku.staff.testing import Cast
from daifuku.staff.viewer import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def firm(cast: Cast) -> None:
    Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事"})


def accounts_of_everybody(cast: Cast) -> None:
    for owner in (cast.aoyama, cast.baba, cast.osaki, cast.senda):
        for privacy in ("", "team", "private"):
            values = {"name": f"{owner.family_name}{privacy}", "owner": owner, "privacy": privacy}
            actions.create("account", values, by=owner)
    actions.create("account", {"name": "課の取引先", "owner": None, "team": cast.section}, by=cast.mizuno)
    lent = Account.plain.get(name="千田private")
    Share.objects.create(object="account", record_id=lent.pk, person=cast.aoyama)
    Share.objects.create(
        object="account", record_id=Account.plain.get(name="千田").pk, team=cast.sales, may_edit=True
    )


@pytest.mark.parametrize("scope", ["none", "own", "team", "tree", "all"])
def test_explanation_and_rule_agree_in_every_combination(cast: Cast, scope: str) -> None:
    accounts_of_everybody(cast)
    Role.objects.update(grants={"*": dict.fromkeys(ASKED, scope)})
    cast.eguchi.roles.clear()
    Person.objects.filter(pk=cast.baba.pk).update(is_active=False)
    for person in Person.objects.all():
        viewer = Viewer(person)
        for record in Account.plain.select_related("owner", "team"):
            for action in ASKED:
                told = explain(viewer, record, action)
                assert told.allowed == sees(viewer, record, action), (person, record, action, told.steps)
                assert [step.verdict for step in told.steps[:-1]] == [""] * (len(told.steps) - 1)


def test_the_steps_say_what_decided(cast: Cast) -> None:
    accounts_of_everybody(cast)

    def last(person: Person, name: str, action: str) -> str:
        return explain(Viewer(person), Account.plain.get(name=name), action).steps[-1].sentence

    assert last(cast.aoyama, "青山private", "view") == "この記録の担当者です。"
    assert "個別に共有" in last(cast.aoyama, "千田private", "view")
    assert "担当者のみ" in last(cast.mori, "青山private", "view")
    assert "馬場" in last(cast.aoyama, "馬場", "edit")
    assert "範囲に入っていません" in last(cast.senda, "青山", "edit")
    assert "閲覧のみ" in last(cast.eguchi, "青山", "edit")


def ask(asking: Person, /, **words: str) -> Any:
    client = Client()
    client.force_login(asking)
    return client.get("/why/", words)


def test_the_administrator_asks_about_anybody(cast: Cast) -> None:
    accounts_of_everybody(cast)
    record = Account.plain.get(name="青山")
    page = ask(
        cast.mizuno, person=str(cast.senda.uid), object="account", record=f"http://x/accounts/{record.uid}/"
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert "千田 葵 さんと「青山」" in text
    assert [each.allowed for each in page.context["explanations"]] == [True, False, False, False]


def test_a_private_record_is_explained_without_its_name(cast: Cast) -> None:
    accounts_of_everybody(cast)
    record = Account.plain.get(name="青山private")
    page = ask(cast.mizuno, person=str(cast.senda.uid), object="account", record=str(record.uid))
    assert page.status_code == 200
    assert "青山private" not in page.content.decode()


def test_others_ask_about_themselves_and_of_what_they_see(cast: Cast) -> None:
    accounts_of_everybody(cast)
    seen, unseen = Account.plain.get(name="青山"), Account.plain.get(name="青山private")
    page = ask(cast.senda, object="account", record=str(seen.uid))
    assert page.context["subject"] == cast.senda
    foreign = ask(cast.senda, object="account", record=str(unseen.uid))
    unknown = ask(cast.senda, object="account", record=str(uuid.uuid4()))
    assert foreign.status_code == unknown.status_code == 404
    other = ask(cast.senda, person=str(cast.aoyama.uid), object="account", record=str(seen.uid))
    assert "explanations" not in other.context


def test_a_name_finds_what_one_sees(cast: Cast) -> None:
    accounts_of_everybody(cast)
    page = ask(cast.mizuno, person=str(cast.senda.uid), object="account", record="青山")
    assert [str(each) for each in page.context["found"]] == ["青山"]


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"object": "x", "record": "y"},
        {"object": "account"},
        {"person": "z", "object": "account", "record": "1"},
    ],
)
def test_nonsense_is_a_form_again(cast: Cast, words: dict[str, str]) -> None:
    assert ask(cast.mizuno, **words).status_code == 200
