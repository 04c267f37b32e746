"""Formulas and roll-ups through the API: made, read, told of in the catalogue, refused with problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import problem, said

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program

pytestmark = pytest.mark.django_db


def test_a_formula_is_added_read_and_told_of(mizuno: Program, aoyama: Program) -> None:
    options = {"formula": "[従業員数] * 1000", "result": "money"}
    added = mizuno.post(
        "/accounts/fields", {"type": "formula", "label": "予算", "key": "budget", "options": options}
    )
    assert added.status_code == 201, said(added)
    assert said(added)["options"] == {"formula": "[employees] * 1000", "result": "money"}
    made = aoyama.post("/accounts", {"name": "青葉商事", "employees": 12})
    assert said(made)["budget"] == 12000
    listed = {each["key"]: each for each in said(aoyama.get("/accounts/fields"))["items"]}
    assert listed["budget"]["type"] == "money"
    assert (listed["budget"]["computed"], listed["budget"]["formula"]) == ("formula", "[employees] * 1000")
    assert listed["budget"]["editable"] is False
    document = said(aoyama.get("/openapi.json"))["components"]["schemas"]
    assert document["Account"]["properties"]["budget"]["readOnly"] is True
    assert "budget" not in document["AccountNew"]["properties"]


def test_nobody_writes_a_computed_field(mizuno: Program, aoyama: Program) -> None:
    mizuno.post(
        "/accounts/fields", {"type": "formula", "label": "予算", "key": "budget", "options": {"formula": "1"}}
    )
    refused = aoyama.post("/accounts", {"name": "青葉商事", "budget": 5})
    assert refused.status_code == 422
    assert problem(refused)["problems"][0]["field"] == "budget"


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"formula": "[従業員数] +"}, "formula"),
        ({"formula": "[ない項目]"}, "formula"),
        ({"formula": "1", "result": "date"}, "result"),
        ({"formula": "1", "places": 99}, "places"),
        ({}, "formula"),
        ({"formula": 5}, "formula"),
    ],
)
def test_a_wrong_formula_is_a_problem_with_its_field(
    mizuno: Program, options: dict[str, object], field: str
) -> None:
    refused = mizuno.post("/accounts/fields", {"type": "formula", "label": "予算", "options": options})
    assert refused.status_code == 422
    assert problem(refused)["problems"][0]["field"] == field


def test_a_roll_up_is_added_and_changed(mizuno: Program, aoyama: Program) -> None:
    options = {"of": "contact", "link": "account", "how": "count"}
    body = {"type": "rollup", "label": "人数", "key": "people", "options": options}
    assert mizuno.post("/accounts/fields", body).status_code == 201
    made = said(aoyama.post("/accounts", {"name": "青葉商事"}))
    aoyama.post("/contacts", {"family_name": "山田", "account": made["uid"]})
    assert said(aoyama.get(f"/accounts/{made['uid']}"))["people"] == 1
    condition = {"all": [{"field": "family_name", "op": "is", "value": "田中"}]}
    changed = mizuno.patch("/accounts/fields/people", {"options": options | {"condition": condition}})
    assert changed.status_code == 200, said(changed)
    assert said(aoyama.get(f"/accounts/{made['uid']}"))["people"] == 0
