"""お客様シート: who they are, what is promised, what is next, for somebody who was not there; only what he may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers import sheet
from daifuku.records import actions
from daifuku.staff.models import Role
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def account(cast: Cast) -> Any:
    values = {
        "name": "青葉商事", "industry": "wholesale", "employees": 50, "closing_day": "20",
        "payment_terms": "翌月末払い", "prefecture": "愛知県", "city": "名古屋市",
    }  # fmt: skip
    made = actions.create("account", values, by=cast.aoyama)
    person = {"family_name": "田中", "account": made, "role": "decides", "title": "部長"}
    actions.create("contact", person, by=cast.aoyama)
    task = {"account": made, "subject": "見積を送る", "due_on": "2026-11-20"}
    actions.create("task", task, by=cast.aoyama)
    talk = {
        "account": made,
        "method": "phone",
        "content": "order",
        "text": "味噌の注文",
        "next_step": "納期の返事",
    }
    actions.create("talk", talk, by=cast.aoyama)
    plan = {"account": made, "method": "visit", "subject": "定例", "started_at": "2099-04-01T10:00:00+09:00"}
    actions.create("plan", plan, by=cast.aoyama)
    return made


def told(record: Any, person: Person) -> dict[str, list[str]]:
    sections = sheet.sections_of(record, Viewer(person), TODAY)
    return {section.key: [f"{item.label} {item.text}" for item in section.items] for section in sections}


def test_it_tells_who_how_large_who_decides_on_which_terms_and_what_is_promised(
    cast: Cast, account: Any
) -> None:
    found = told(account, cast.eguchi)
    assert "住所 愛知県名古屋市" in found["who"]
    assert found["size"] == ["業種 卸売業", "従業員数 50"]
    assert found["people"] == ["田中 部長"]
    assert found["terms"] == ["締め日 20日", "支払条件 翌月末払い"]
    assert found["promised"] == ["見積を送る 期限 2026/11/20(金)"]
    assert "定例" in found["next"][0]
    assert "納期の返事" in found["talks"][0]


def test_what_is_overdue_says_so(cast: Cast, account: Any) -> None:
    sections = sheet.sections_of(account, Viewer(cast.aoyama), TODAY)
    (task,) = next(section.items for section in sections if section.key == "promised")
    assert task.late


def test_hidden_fields_and_private_people_are_not_on_it(cast: Cast, account: Any) -> None:
    role = Role.objects.get(key="reader")
    role.field_rules = {"account": {"payment_terms": "hidden"}}
    role.save()
    secret = {"family_name": "秘田", "account": account, "privacy": "private"}
    actions.create("contact", secret, by=cast.aoyama)
    found = told(account, cast.eguchi)
    assert found["terms"] == ["締め日 20日"]
    assert found["people"] == ["田中 部長"]


def test_whoever_may_not_see_tasks_does_not_find_that_part(cast: Cast, account: Any) -> None:
    role = Role.objects.get(key="reader")
    role.grants = {**role.grants, "task": {"view": "none"}}
    role.save()
    assert "promised" not in told(account, cast.eguchi)


def test_the_page_is_reached_from_the_customer_and_a_private_one_is_not_there(
    cast: Cast, account: Any, login_as: Login
) -> None:
    client = login_as(cast.aoyama)
    assert f"{account.get_absolute_url()}sheet/" in client.get(account.get_absolute_url()).content.decode()
    page = client.get(f"{account.get_absolute_url()}sheet/").content.decode()
    assert "見積を送る" in page and "田中" in page
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    assert login_as(cast.senda).get(f"{account.get_absolute_url()}sheet/").status_code == 404


def test_a_lead_has_one_and_a_contact_has_none(cast: Cast, account: Any, login_as: Login) -> None:
    lead = actions.create("lead", {"family_name": "佐藤", "company": "若葉産業"}, by=cast.aoyama)
    client = login_as(cast.aoyama)
    assert "若葉産業" in client.get(f"{lead.get_absolute_url()}sheet/").content.decode()
    task = actions.create("task", {"account": account, "subject": "x"}, by=cast.aoyama)
    assert client.get(f"{task.get_absolute_url()}sheet/").status_code == 404
