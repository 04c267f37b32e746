"""Programs read how a page is laid out, and lay it out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.records import actions
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Role

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
PATH = "/accounts/layout"


def test_what_is_read_can_be_sent_back_and_reset(mizuno: Program) -> None:
    first = mizuno.get(PATH)
    body = {name: said(first)[name] for name in ("sections", "left_out", "panels")}
    assert said(first)["own"] is False
    body["sections"][0] |= {"label": "概要", "column": "main"}
    body["sections"][1]["fields"].remove("fax")
    body["left_out"] = ["fax"]
    put = mizuno.put(PATH, body, If_Match=first["ETag"])
    assert (said(put)["own"], said(put)["version"], said(put)["left_out"]) == (True, 1, ["fax"])
    assert vocabulary.sections_of("account")[0] == ("basic", "概要")
    assert problem(mizuno.put(PATH, body, If_Match=first["ETag"]))["status"] == 412
    assert problem(mizuno.put(PATH, body | {"left_out": ["name"]}))["status"] == 422
    assert mizuno.delete(PATH).status_code == 204
    assert said(mizuno.get(PATH))["own"] is False


def test_a_rep_reads_what_he_sees_and_puts_nothing(aoyama: Program, cast: Cast) -> None:
    role = Role.objects.get(key="rep")
    role.field_rules = {"account": {"rank": "hidden"}}
    role.save()
    fields = [key for each in said(aoyama.get(PATH))["sections"] for key in each["fields"]]
    assert "name" in fields
    assert "rank" not in fields
    assert problem(aoyama.put(PATH, {"sections": []}))["status"] == 403
    assert problem(aoyama.delete(PATH))["status"] == 403


def test_groups_know_quarters_and_averages(aoyama: Program, cast: Cast) -> None:
    for name, since, sales in (("青葉", "2026-01-15", 100), ("桜", "2026-03-01", 201)):
        actions.create(
            "account", {"name": name, "traded_since": since, "annual_sales": sales}, by=cast.aoyama
        )
    answer = said(aoyama.get("/accounts/groups?by=traded_since&step=quarter&sum=annual_sales"))
    found = [(each["value"], each["sums"], each["averages"]) for each in answer["items"]]
    assert found == [("2026-Q1", {"annual_sales": 301}, {"annual_sales": 150.5})]
    assert problem(aoyama.get("/accounts/groups?by=traded_since&step=week"))["status"] == 422
