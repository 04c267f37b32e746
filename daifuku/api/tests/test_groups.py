"""Records counted and added up by a field, by the API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_groups_are_counted_added_up_and_lead_to_their_records(aoyama: Program, cast: Cast) -> None:
    for name, rank, sales in (("青葉", "a", 100), ("桜", "b", 250), ("楓", "b", 50), ("柊", "", None)):
        actions.create("account", {"name": name, "rank": rank, "annual_sales": sales}, by=cast.aoyama)
    answer = said(aoyama.get("/accounts/groups?by=rank&sum=annual_sales"))
    found = [
        (each["value"], each["label"], each["count"], each["sums"]["annual_sales"])
        for each in answer["items"]
    ]
    assert found == [("a", "A", 1, 100), ("b", "B", 2, 300), (None, "（空欄）", 1, None)]
    for each in answer["items"]:
        rows = said(aoyama.get(f"/accounts?where={json.dumps(each['where'])}"))["items"]
        assert len(rows) == each["count"]
    where = json.dumps({"field": "annual_sales", "op": "gt", "value": 60})
    narrowed = said(aoyama.get(f"/accounts/groups?by=rank&where={where}"))["items"]
    assert [(each["value"], each["count"]) for each in narrowed] == [("a", 1), ("b", 1)]


def test_what_cannot_be_grouped_or_added_up_is_refused(aoyama: Program) -> None:
    for query in ("by=note", "by=nothing", "by=rank&sum=name", "by=rank&sum=nothing"):
        assert problem(aoyama.get(f"/accounts/groups?{query}"))["status"] == 422
