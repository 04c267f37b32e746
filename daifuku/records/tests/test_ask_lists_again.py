"""The text of a list's question is kept: asked again, the list still follows whatever was changed meanwhile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account
from daifuku.records import actions, conditions, listing
from daifuku.records.actions.choices import order_choices
from daifuku.records.actions.sharing import share
from daifuku.staff.models import Membership, Role
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


def names(person: Person, today: date = TODAY, where: Any = None, sort: str = "name") -> list[str]:
    viewer = Viewer(person)
    condition = conditions.parse(where, "account", viewer) if where else None
    found = listing.query("account", viewer, condition, sort=sort, today=today)
    shown = [row.name for row in found.page().rows]
    assert found.count() == (len(shown), False)
    return shown


def keep(name: str, by: Person, **values: Any) -> Account:
    made: Account = actions.create("account", {"name": name, **values}, by=by)
    return made


def test_new_and_thrown_records(cast: Cast) -> None:
    assert names(cast.aoyama) == []
    account = keep("アオバ", cast.aoyama)
    assert names(cast.aoyama) == ["アオバ"]
    actions.trash(account, by=cast.aoyama)
    assert names(cast.aoyama) == []


def test_rights_teams_and_shares(cast: Cast) -> None:
    Role.objects.filter(key="rep").update(grants={"*": {"view": "team", "edit": "all", "create": "all"}})
    account = keep("アオバ", cast.aoyama)
    assert (names(cast.baba), names(cast.senda)) == (["アオバ"], [])
    share(account, cast.senda, by=cast.aoyama)
    assert names(cast.senda) == ["アオバ"]
    Membership.objects.filter(person=cast.baba).delete()
    assert names(cast.baba) == []
    Role.objects.filter(key="rep").update(grants={"*": {"view": "all"}})
    assert names(cast.baba) == ["アオバ"]
    Role.objects.filter(key="rep").update(grants={"*": {"view": "none"}})
    assert (names(cast.aoyama), names(cast.baba)) == ([], [])


def test_a_field_that_is_hidden_meanwhile_is_asked_no_more(cast: Cast) -> None:
    keep("アオバ", cast.mizuno, rank="a")
    written = {"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}

    def found() -> list[str]:
        viewer = Viewer(cast.aoyama)
        condition = conditions.parse_leniently(written, "account", viewer)
        listed = listing.query("account", viewer, condition, sort="name", today=TODAY)
        assert listed.count()[0] == len(listed.page().rows)
        return [row.name for row in listed.page().rows]

    rep = Role.objects.filter(key="rep")
    assert found() == ["アオバ"]
    rep.update(field_rules={"account": {"rank": "hidden"}})
    assert found() == []
    rep.update(field_rules={})
    assert found() == ["アオバ"]


def test_the_order_of_choices(cast: Cast) -> None:
    for rank in "abc":
        keep(f"ランク{rank}", cast.mizuno, rank=rank)
    assert names(cast.mizuno, sort="rank") == ["ランクa", "ランクb", "ランクc"]
    order_choices("account", "rank", ["c", "a", "b"], by=cast.mizuno)
    assert names(cast.mizuno, sort="rank") == ["ランクc", "ランクa", "ランクb"]


def test_another_day_and_another_person(cast: Cast) -> None:
    keep("十一月", cast.aoyama, traded_since="2026-11-10", owner=cast.aoyama)
    keep("十二月", cast.aoyama, traded_since="2026-12-10", owner=cast.baba)
    month = {"field": "traded_since", "op": "within", "value": "this_month"}
    assert names(cast.mizuno, date(2026, 11, 26), month) == ["十一月"]
    assert names(cast.mizuno, date(2026, 12, 1), month) == ["十二月"]
    mine = {"field": "owner", "op": "any_of", "value": ["me"]}
    assert (names(cast.aoyama, where=mine), names(cast.baba, where=mine)) == (["十一月"], ["十二月"])


def test_another_condition_and_the_other_way_round(cast: Cast) -> None:
    for name, rank in (("ア", "a"), ("イ", "b")):
        keep(name, cast.mizuno, rank=rank)
    for rank, found in (("a", ["ア"]), ("b", ["イ"])):
        assert names(cast.mizuno, where={"field": "rank", "op": "any_of", "value": [rank]}) == found
    assert (names(cast.mizuno), names(cast.mizuno, sort="-name")) == (["ア", "イ"], ["イ", "ア"])


def test_a_far_page_begins_its_walk_at_its_place(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """SQLite took the bound of the whole stretch for the start of its walk, and passed by all pages before."""
    for number in range(3):
        keep(f"{number}", cast.mizuno)
    found = listing.query("account", Viewer(cast.mizuno), today=TODAY, sort="name")
    after = found.page(size=1).next
    with django_assert_max_num_queries(10) as asked:
        assert [row.name for row in found.page(after, 1).rows] == ["1"]
    walked = next(each["sql"] for each in asked.captured_queries if "ORDER BY" in each["sql"])
    assert ") > (" in walked
    assert "> ''" not in walked
