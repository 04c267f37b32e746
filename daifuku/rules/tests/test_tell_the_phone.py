"""The phone knows the rules with it: what it will be refused for, in the same words, and what will be owed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.phone.asked import rules_for
from daifuku.rules.tests.conftest import PHONE
from daifuku.staff.models import Person, Role
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
CALL = {"title": "電話の向き", "object": "talk", "condition": PHONE, "required": ["direction", "text"]}


def test_what_is_asked_of_an_entry_travels_with_its_data(
    cast: Cast, rule: Callable[..., Any], login_as: Callable[..., Client]
) -> None:
    rule(**CALL, missing="refuse", note="必ず")
    rule(title="会社の電話")
    [told] = login_as(cast.aoyama).get("/phone/data/").json()["rules"]
    assert (told["object"], told["title"], told["refuses"], told["note"]) == (
        "talk", "電話の向き", True, "必ず",
    )  # fmt: skip
    assert told["condition"] == {"all": [PHONE]}
    assert "どちらから、詳細を入力します" in told["sentence"]
    direction, text = told["required"]
    assert (direction["box"], text["box"], text["own"]) == ("choice", "", True)
    assert [option["key"] for option in direction["options"]] == ["out", "in"]


def test_it_says_what_the_server_says(
    cast: Cast, rule: Callable[..., Any], login_as: Callable[..., Client]
) -> None:
    rule(**CALL, missing="refuse")
    client = login_as(cast.aoyama)
    [told] = client.get("/phone/data/").json()["rules"]
    entry = {"uid": "01936f00-0000-7000-8000-000000000001", "values": {"method": "phone", "content": "other"}}
    answer = client.post("/phone/talks/", entry, "application/json")
    said = {each["field"]: each["message"] for each in answer.json()["problems"] if each["code"] == "rule"}
    assert said == {each["key"]: each["sentence"] for each in told["required"] if each["key"] in said}


def test_rules_about_fields_of_which_he_is_told_nothing_are_not_told(
    cast: Cast, rule: Callable[..., Any]
) -> None:
    rule(**CALL)
    assert rules_for(viewer_of(cast.aoyama))
    for role in Role.objects.all():
        role.field_rules = {"talk": {"direction": "hidden"}}
        role.save()
    assert rules_for(viewer_of(Person.objects.get(pk=cast.aoyama.pk))) == []
