"""Lists: sorted by anything, walked by key in both directions, empty values last, never more queries than planned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account
from daifuku.foundation.errors import Invalid
from daifuku.records import actions, conditions, listing
from daifuku.records.catalogue import vocabulary
from daifuku.records.tests.test_ask_conditions import invent_accounts
from daifuku.records.tests.vocabulary_of_tests import add_custom_fields
from daifuku.staff.models import Person, Role
from daifuku.staff.testing import invent_cast
from daifuku.staff.viewer import Viewer
from tests.support.lasting import lent

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def ask(viewer: Viewer, **how: Any) -> listing.Listing:
    return listing.query(how.pop("object_key", "account"), viewer, today=TODAY, **how)


def walk(found: listing.Listing, size: int) -> list[int]:
    """All keys, page by page, forwards; and the same backwards gives the same."""
    keys: list[int] = []
    cursor, pages = "", []
    while True:
        page = found.page(cursor, size)
        pages.append([row.pk for row in page.rows])
        keys += pages[-1]
        cursor = page.next
        if not cursor:
            break
    back = [pages[-1]]
    while page.previous:
        page = found.page(page.previous, size)
        back.insert(0, [row.pk for row in page.rows])
        assert page.next
    assert back == pages
    return keys


@pytest.fixture(scope="module")
def made(once_a_file: None) -> Cast:
    cast = invent_cast()
    add_custom_fields("account")
    invent_accounts(cast, 40)
    Person.objects.filter(pk=cast.baba.pk).update(family_kana="ア")
    return cast


cast = lent()


@pytest.fixture
def many(cast: Cast) -> Viewer:
    return Viewer(cast.aoyama)


def value(account: Account, key: str) -> Any:
    field = vocabulary.fields_of("account")[key]
    held = field.get(account)
    return None if field.type.is_empty(held) else held


@pytest.mark.parametrize("size", [1, 7, 500])
@pytest.mark.parametrize(
    "key",
    [
        "name",
        "phone",
        "employees",
        "traded_since",
        "updated_at",
        "memo",
        "ratio",
        "floors",
        "opened",
        "met_at",
        "vip",
    ],
)
def test_a_list_is_sorted_both_ways_with_empty_values_last(many: Viewer, key: str, size: int) -> None:
    visible = {account.pk: account for account in Account.objects.visible_to(many)}
    for sign in ("", "-"):
        keys = walk(ask(many, sort=f"{sign}{key}"), size)
        assert sorted(keys) == sorted(visible)
        values = [value(visible[pk], key) for pk in keys]
        filled = [held for held in values if held is not None]
        assert values == filled + [None] * (len(values) - len(filled))
        if key != "name":
            assert filled == sorted(filled, reverse=bool(sign))


@pytest.mark.parametrize(
    "key", ["owner", "team", "parent", "partner", "helper", "rank", "colour", "colours", "privacy"]
)
def test_every_other_sort_gives_each_row_once(many: Viewer, key: str) -> None:
    expected = sorted(Account.objects.visible_to(many).values_list("pk", flat=True))
    for sign in ("", "-"):
        assert sorted(walk(ask(many, sort=f"{sign}{key}"), 7)) == expected


def test_persons_are_sorted_by_their_kana_and_choices_as_offered(cast: Cast, many: Viewer) -> None:
    owners = [account.owner for account in ask(many, sort="owner").page(size=500).rows]
    assert owners[0] == cast.baba
    assert owners[-1] != cast.baba
    colours = [value(account, "colour") for account in ask(many, sort="colour").page(size=500).rows]
    assert [c for n, c in enumerate(colours) if n == 0 or colours[n - 1] != c] == [
        "red",
        "blue",
        "green",
        None,
    ]


@pytest.mark.parametrize("sort", ["rank", "-rank"])
def test_those_of_one_choice_sorted_by_it_come_by_their_change(many: Viewer, sort: str) -> None:
    only = conditions.parse({"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}, "account", many)
    found = walk(ask(many, condition=only, sort=sort), 7)
    assert found == walk(ask(many, condition=only), 7)
    assert len(found) > 1
    either = {"any": [{"field": "rank", "op": "any_of", "value": [key]} for key in ("a", "b")]}
    both = ask(many, condition=conditions.parse(either, "account", many), sort=sort).page()
    ranks = [row.rank for row in both.rows]
    assert ranks == sorted(ranks, reverse=sort == "-rank")


@pytest.mark.parametrize("cursor", ["x", "a:b:c", "あ", "WzEsMCxbXV0:1w:x" * 50, "\x00", " "])
def test_a_cursor_that_the_program_did_not_give_is_refused(many: Viewer, cursor: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(many).page(cursor)
    assert refused.value.problems[0].code == "cursor"


def test_a_cursor_is_good_for_its_list_alone(many: Viewer) -> None:
    cursor = ask(many, sort="name").page(size=2).next
    for other in ({"sort": "-name"}, {"sort": "employees"}, {"object_key": "contact", "sort": "-updated_at"}):
        with pytest.raises(Invalid):
            ask(many, **other).page(cursor)
    for place in range(0, len(cursor), 7):
        changed = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        with pytest.raises(Invalid):
            ask(many, sort="name").page(changed)


@pytest.mark.parametrize(
    "sort", ["no_such", "-", "custom", "owner__password", "account.name", "--name", "name,rank", "\x00"]
)
def test_a_sort_that_is_no_field_is_refused(many: Viewer, sort: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(many, sort=sort)
    assert (refused.value.field, refused.value.problems[0].code) == ("sort", "unknown_field")


def test_a_hidden_field_or_one_without_an_order_sorts_nothing(many: Viewer) -> None:
    Role.objects.filter(key="rep").update(field_rules={"account": {"employees": "hidden"}})
    with pytest.raises(Invalid) as refused:
        ask(Viewer(Person.objects.get(pk=many.pk)), sort="employees")
    assert refused.value.problems[0].code == "unknown_field"
    with pytest.raises(Invalid) as refused:
        ask(many, sort="note")
    assert refused.value.problems[0].code == "not_sortable"


def test_a_list_counts_no_further_than_asked(many: Viewer) -> None:
    number = Account.objects.visible_to(many).count()
    assert ask(many).count() == (number, False)
    assert ask(many).count(number) == (number, False)
    assert ask(many).count(number - 1) == (number - 1, True)


def test_the_narrowed_list_is_read_whole_and_page_by_page(many: Viewer) -> None:
    condition = conditions.parse({"field": "rank", "op": "any_of", "value": ["a"]}, "account", many)
    found = ask(many, condition=condition)
    expected = set(Account.objects.visible_to(many).filter(rank="a").values_list("pk", flat=True))
    assert expected
    assert expected == {row.pk for row in found.each()} == set(walk(found, 3))


def test_a_record_knows_its_neighbours_in_the_list(many: Viewer) -> None:
    for sort in ("name", "-employees", "-memo"):
        found = ask(many, sort=sort)
        rows = found.page(size=500).rows
        for number, row in enumerate(rows):
            before, after = found.neighbours(row)
            assert (before, after) == (
                rows[number - 1] if number else None,
                rows[number + 1] if number + 1 < len(rows) else None,
            )
    unseen = Account.plain.exclude(pk__in=[row.pk for row in rows]).first()
    assert found.neighbours(unseen) == (None, None)


def test_a_page_asks_as_often_for_one_row_as_for_forty(
    many: Viewer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    columns = ["name", "owner", "team", "parent", "created_by", "helper", "partner", "rank"]
    with vocabulary.steady():
        for size in (1, 30):
            page = ask(many, sort="name", columns=columns)
            with django_assert_max_num_queries(5):
                for row in page.page(size=size).rows:
                    assert [value(row, key) for key in columns]


def test_the_reader_without_rights_sees_an_empty_list(cast: Cast) -> None:
    actions.create("account", {"name": "A"}, by=cast.aoyama)
    Role.objects.filter(key="reader").update(grants={"*": {"view": "none"}})
    found = ask(Viewer(cast.eguchi))
    assert (found.page().rows, found.count(), list(found.each())) == ([], (0, False), [])
