"""A page of records: narrowed, sorted, searched, walked by cursor, with names of the catalogue only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daifuku.api.tests.support import problem, said
from daifuku.records import actions
from daifuku.records.models import View

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(cast: Cast) -> list[str]:
    ranks = ["a", "b", "c", "a", ""]
    names = ["青葉商事", "石川電機", "上田製作所", "江戸川工業", "大阪物産"]
    parent = actions.create("account", {"name": "親会社"}, by=cast.aoyama)
    for name, rank in zip(names, ranks, strict=True):
        actions.create("account", {"name": name, "kana": "", "rank": rank, "parent": parent}, by=cast.aoyama)
    actions.create("account", {"name": "秘密商事", "privacy": "private"}, by=cast.senda)
    return names


def names(body: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["name"] for item in body["items"]]


def where(condition: object) -> str:
    return f"/accounts?where={quote(json.dumps(condition))}"


def test_a_list_holds_what_the_caller_may_see(aoyama: Program, senda: Program, accounts: list[str]) -> None:
    assert sorted(names(said(aoyama.get("/accounts")))) == sorted([*accounts, "親会社"])
    assert "秘密商事" in names(said(senda.get("/accounts")))


def test_a_condition_is_the_json_of_the_lists(aoyama: Program, accounts: list[str]) -> None:
    found = said(aoyama.get(where({"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]})))
    assert sorted(names(found)) == ["江戸川工業", "青葉商事"]


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [{"field": "owner__password", "op": "starts", "value": "a"}]},
        {"all": [{"field": "created_by.password", "op": "is", "value": "a"}]},
        {"all": [{"field": "name_key", "op": "is", "value": "a"}]},
        {"all": [{"field": "name", "op": "regex", "value": "^a"}]},
        {"all": [{"field": "name", "op": "is", "value": {"a": 1}}]},
        {"all": [{"field": "employees", "op": "eq", "value": 10**30}]},
        {"all": "name"},
        {"nothing": []},
        [],
        "text",
        7,
    ],
)
def test_a_condition_with_foreign_names_or_shapes_is_refused(aoyama: Program, condition: object) -> None:
    refused = aoyama.get(where(condition))
    assert refused.status_code == 422
    assert problem(refused)["detail"]


def test_a_condition_that_is_no_json_is_refused(aoyama: Program) -> None:
    refused = aoyama.get("/accounts?where={")
    assert (refused.status_code, problem(refused)["code"]) == (400, "json")


@pytest.mark.parametrize(
    "sort",
    [
        "owner__email", "created_by__password", "(case when 1=1 then id else -id end)", "?", "name;--", "custom", "pk",
        "-", "a.b", 'x"',
    ],
)  # fmt: skip
def test_sorting_by_anything_but_a_field_is_refused_alike(
    aoyama: Program, accounts: list[str], sort: str
) -> None:
    refused = aoyama.get(f"/accounts?sort={quote(sort)}")
    assert refused.status_code == 422
    assert problem(refused)["detail"]


def test_pages_are_walked_without_gaps_or_doubles(aoyama: Program, accounts: list[str]) -> None:
    seen: list[str] = []
    path = "/accounts?size=2&sort=name"
    after = ""
    for _page in range(10):
        answer = aoyama.get(f"{path}&after={quote(after)}" if after else path)
        body = said(answer)
        seen += names(body)
        if body["next"] is None:
            assert "Link" not in answer
            break
        assert 'rel="next"' in answer["Link"]
        after = body["next"]
    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize("after", ["x", "a.b.c", "1", "👺", "e30:xxx", "' or 1=1 --"])
def test_a_tampered_cursor_is_refused(aoyama: Program, accounts: list[str], after: str) -> None:
    refused = aoyama.get(f"/accounts?after={quote(after)}")
    assert refused.status_code == 422
    assert problem(refused)["field"] == "after"


def test_a_cursor_of_another_order_is_told_where_the_same_list_begins(
    aoyama: Program, accounts: list[str]
) -> None:
    after = said(aoyama.get("/accounts?size=2&sort=name"))["next"]
    told = problem(aoyama.get(f"/accounts?size=2&sort=-name&after={quote(after)}"))
    assert (told["status"], told["problems"][0]["code"]) == (422, "cursor")
    assert told["first"] == "/api/v1/accounts?size=2&sort=-name"
    assert len(said(aoyama.get(told["first"].removeprefix("/api/v1")))["items"]) == 2


def test_only_the_fields_that_were_asked_for_are_sent(aoyama: Program, accounts: list[str]) -> None:
    body = said(aoyama.get("/accounts?fields=name,rank"))
    assert set(body["items"][0]) == {"uid", "version", "label", "url", "name", "rank"}


def test_the_count_stops_at_a_thousand(aoyama: Program, accounts: list[str]) -> None:
    body = said(aoyama.get("/accounts?count=true&size=1"))
    assert (body["count"], body["more"]) == (6, False)


def test_a_longer_page_asks_the_database_no_more_often(aoyama: Program, accounts: list[str]) -> None:
    aoyama.get("/accounts?size=1")
    counts = []
    for size in (3, 6):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            said(aoyama.get(f"/accounts?size={size}"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_search_narrows_the_list(aoyama: Program, accounts: list[str]) -> None:
    assert names(said(aoyama.get(f"/accounts?q={quote('電機')}"))) == ["石川電機"]


def test_a_list_is_read_by_a_kept_view_with_more_conditions(
    aoyama: Program, cast: Cast, accounts: list[str]
) -> None:
    condition = {"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}
    kept = View.objects.create(
        object="account", name="Aランク", owner=cast.aoyama, condition=condition, sort="name"
    )
    views = {view["key"]: view["name"] for view in said(aoyama.get("/accounts/views"))["items"]}
    assert views[str(kept.uid)] == "Aランク"
    assert {"all", "mine"} <= set(views)
    assert sorted(names(said(aoyama.get(f"/accounts?view={kept.uid}")))) == ["江戸川工業", "青葉商事"]
    narrowed = where({"field": "name", "op": "contains", "value": "青葉"})
    assert names(said(aoyama.get(f"{narrowed}&view={kept.uid}"))) == ["青葉商事"]
    assert len(names(said(aoyama.get("/accounts?view=mine")))) == 6


def test_a_view_of_somebody_else_is_not_there_and_one_with_a_deleted_field_says_so(
    aoyama: Program, senda: Program, cast: Cast
) -> None:
    broken = {"all": [{"field": "gone", "op": "is", "value": "x"}]}
    kept = View.objects.create(object="account", name="秘密のビュー", owner=cast.aoyama, condition=broken)
    refused = aoyama.get(f"/accounts?view={kept.uid}")
    assert (refused.status_code, problem(refused)["code"]) == (422, "invalid")
    for key in (kept.uid, "x", "0198c0de-0000-7000-8000-000000000001"):
        assert senda.get(f"/accounts?view={key}").status_code == 404
    assert "秘密のビュー" not in senda.get("/accounts/views").content.decode()
