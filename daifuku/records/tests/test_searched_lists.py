"""A list narrowed by a search shows the same rows in the same order, whichever way they are looked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daifuku.customers.models import Account
from daifuku.foundation.sql.gram_index import postgresql, sqlite
from daifuku.records import actions, conditions, listing
from daifuku.records.tests.ways_of_tests import WAYS, pretend
from daifuku.staff.testing import invent_cast
from daifuku.staff.viewer import Viewer
from tests.support.lasting import lent

if TYPE_CHECKING:
    from daifuku.records.listing import Listing
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
SORTS = ("name", "-name", "updated_at", "-updated_at", "owner", "-code", "rank", "-annual_sales")
SEARCHES = ("東京", "東京 電気", "京", "でんき", "denki", "0312", "大阪 東京", "札幌")


@pytest.fixture(scope="module")
def made(once_a_file: None) -> Cast:
    cast = invent_cast()
    places, trades = ("東京", "大阪", "東京大阪"), ("電気", "商事", "工業", "デンキ")
    rows: list[dict[str, Any]] = [
        {
            "name": f"{places[n % 3]}{trades[n % 4]}{n % 7}",
            "phone": f"03-12{n:02}-5678",
            "rank": ("a", "b", None)[n % 3],
            "code": f"C{n % 5}" if n % 2 else "",
            "annual_sales": n % 4 * 1000 if n % 3 else None,
            "owner": (cast.aoyama, cast.baba, cast.senda)[n % 3],
        }
        for n in range(40)
    ]
    for row in rows:
        made = actions.create("account", row, by=cast.mizuno)
        if row["owner"] == cast.senda and row["rank"] is None and not row["code"]:
            actions.edit(made, {"privacy": "private"}, by=cast.senda)
    for row in rows:
        owner = {"account": Account.plain.filter(name=row["name"]).first()}
        actions.create("contact", {"family_name": "東京", "given_name": "電気"} | owner, by=cast.aoyama)
    return cast


cast = lent()


@pytest.fixture
def firm(cast: Cast) -> Viewer:
    return Viewer(cast.aoyama)


def listed(viewer: Viewer, text: str, sort: str, condition: Any = None) -> Listing:
    return listing.query("account", viewer, condition, search=text, sort=sort, today=TODAY)


def walked(asked: Listing, size: int) -> list[int]:
    """All rows by 次へ, and back again."""
    pages, after = [asked.page(size=size)], ""
    while after := pages[-1].next:
        pages.append(asked.page(after=after, size=size))
    there = [row.pk for page in pages for row in page.rows]
    back, before = [row.pk for row in pages[-1].rows], pages[-1].previous
    while before:
        page = asked.page(after=before, size=size)
        back, before = [row.pk for row in page.rows] + back, page.previous
    assert there == back
    return there


@pytest.mark.parametrize("sort", SORTS)
def test_every_way_shows_the_same_rows_in_the_same_order(
    firm: Viewer, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, list[list[int]]] = {}
    counted: dict[str, list[tuple[int, bool]]] = {}
    for way in WAYS:
        with monkeypatch.context() as only_now:
            pretend(way, only_now)
            lists = [listed(firm, text, sort) for text in SEARCHES]
            seen[way] = [walked(each, 3) for each in lists]
            counted[way] = [each.count(limit=9) for each in lists]
    assert [len(keys) == len(set(keys)) for keys in seen["few records"]] == [True] * len(SEARCHES)
    assert len(seen["few records"][0]) > 9
    assert seen["few records"][-1] == []
    assert seen["thousands of records"] == seen["very many records"] == seen["few records"]
    assert counted["thousands of records"] == counted["very many records"] == counted["few records"]


@pytest.mark.parametrize("way", WAYS)
def test_a_filter_besides_narrows_further(firm: Viewer, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(way, monkeypatch)
    rank = conditions.parse({"field": "rank", "op": "any_of", "value": ["a"]}, "account", firm)
    found = listed(firm, "東京", "name", rank)
    assert [row.rank for row in found.page().rows] == ["a"] * found.count()[0]
    assert 0 < found.count()[0] < listed(firm, "東京", "name").count()[0]


@pytest.mark.parametrize("border", [13, 14, 15])
def test_on_both_sides_of_the_border_the_same_is_found(
    firm: Viewer, border: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = walked(listed(firm, "大阪", "name"), 4)
    for module, name in ((sqlite, "SORTED"), (sqlite, "COMMON"), (sqlite, "FIRST"), (postgresql, "SORTED")):
        monkeypatch.setattr(module, name, border)
        assert walked(listed(firm, "大阪", "name"), 4) == whole
        assert listed(firm, "大阪", "name").count() == (len(whole), False)


def test_how_many_match_is_told_for_one_kind_of_record(firm: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What two hundred thousand people are called need not stand in many accounts."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL fetches the first ones")
    monkeypatch.setattr(sqlite, "SORTED", 10)
    monkeypatch.setattr(sqlite, "COMMON", 30)
    for object_key, number in (("account", 26), ("contact", 30)):
        asked = listing.query(object_key, firm, search="東京", today=TODAY)
        with CaptureQueriesContext(connection) as asking:
            asked.page()
        ways = ["instr" in question["sql"] for question in asking.captured_queries]
        assert any(ways) is (number == 30)
