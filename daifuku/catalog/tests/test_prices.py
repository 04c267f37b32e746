"""Which price counts: as a table of cases, and that it says why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daifuku.catalog.models import Price, Product
from daifuku.catalog.prices import amount_of, price_for, prices_for
from daifuku.foundation.errors import Invalid
from daifuku.records import actions
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def tape(cast: Cast) -> Product:
    values = {"code": "HK-1", "name": "布粘着テープ", "unit": "巻", "price": "1000"}
    made: Product = actions.create("product", values, by=cast.osaki)
    return made


@pytest.fixture
def firm(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事", "rank": "a"}, by=cast.aoyama)


@pytest.fixture
def branch(cast: Cast, firm: Any) -> Any:
    return actions.create("account", {"name": "青葉商事 栄支店", "parent": firm}, by=cast.aoyama)


def price(cast: Cast, tape: Product, **values: Any) -> Price:
    made: Price = actions.create("price", {"product": tape, **values}, by=cast.osaki)
    return made


def test_without_any_price_it_is_the_standard_one(cast: Cast, tape: Product, firm: Any) -> None:
    found = price_for(tape, firm, 1, DAY)
    assert (found.amount, found.price) == (Decimal(1000), None)
    assert "標準価格" in found.why
    actions.edit(tape, {"price": ""}, by=cast.osaki)
    nothing = price_for(Product.plain.get(), firm, 1, DAY)
    assert (nothing.amount, nothing.considered) == (None, [])
    assert nothing.why == "価格が登録されていません。"


def test_the_nearest_customer_counts_then_the_quantity_then_the_newest(
    cast: Cast, tape: Product, firm: Any, branch: Any
) -> None:
    price(cast, tape, amount="950")
    price(cast, tape, amount="900", quantity="10")
    price(cast, tape, rate="88", rank="a")
    price(cast, tape, amount="850", account=firm)
    price(cast, tape, amount="840", account=firm, begins_on="2026-11-01")
    price(cast, tape, amount="800", account=firm, quantity="100")
    price(cast, tape, amount="860", account=branch, ends_on="2026-11-19")
    other = actions.create("account", {"name": "雛羽根精機", "rank": "a"}, by=cast.aoyama)
    cases: list[tuple[Any, int | str, int]] = [
        (None, 1, 950), (None, 10, 900), (None, "9.999", 950), (other, 1, 880), (other, 500, 880), (firm, 1, 840),
        (firm, 99, 840), (firm, 100, 800), (branch, 1, 840), (branch, 100, 800),
    ]  # fmt: skip
    for account, quantity, amount in cases:
        assert price_for(tape, account, Decimal(quantity), DAY).amount == amount, (account, quantity)
    assert price_for(tape, branch, 1, date(2026, 11, 19)).amount == 860
    assert price_for(tape, firm, 1, date(2026, 10, 31)).amount == 850
    assert price_for(tape, branch, 1, DAY).why == "上位の取引先の価格です。"


def test_every_other_price_says_why_it_does_not_count(cast: Cast, tape: Product, firm: Any) -> None:
    price(cast, tape, amount="950")
    price(cast, tape, amount="850", account=firm)
    price(cast, tape, amount="840", account=firm, quantity="5")
    found = price_for(tape, firm, 6, DAY)
    assert [(each.amount, each.counts) for each in found.considered] == [
        (Decimal(840), True), (Decimal(850), False), (Decimal(950), False), (Decimal(1000), False),
    ]  # fmt: skip
    assert [each.why for each in found.considered] == [
        "この取引先の価格です。数量5以上の価格です。", "より大きい数量の価格が先です。",
        "より細かい相手の価格が先です。",
        "より細かい価格があるため、標準価格は使いません。",
    ]  # fmt: skip


def test_what_lies_in_the_trash_counts_no_more(cast: Cast, tape: Product, firm: Any) -> None:
    actions.trash(price(cast, tape, amount="850", account=firm), by=cast.osaki)
    assert price_for(tape, firm, 1, DAY).amount == 1000


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({}, "amount", "required"),
        ({"amount": "1", "rate": "90"}, "rate", "both"),
        ({"rate": "-5"}, "rate", "range"),
        ({"amount": "-5"}, "amount", "negative"),
        ({"amount": "5", "quantity": "-1"}, "quantity", "negative"),
        ({"amount": "5", "quantity": "99999999999"}, "quantity", "too_large"),
        ({"amount": "5", "begins_on": "2026-11-20", "ends_on": "2026-11-19"}, "ends_on", "ends_before"),
        ({"amount": "5", "rank": "a", "account": True}, "rank", "both"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    cast: Cast, tape: Product, firm: Any, values: dict[str, Any], field: str, code: str
) -> None:
    if "account" in values:
        values = values | {"account": firm}
    with pytest.raises(Invalid) as error:
        price(cast, tape, **values)
    assert (error.value.problems[0].field, error.value.problems[0].code) == (field, code)
    assert not Price.plain.exists()


def test_a_rate_needs_a_standard_price(cast: Cast) -> None:
    free = actions.create("product", {"code": "S-1", "name": "見積品"}, by=cast.osaki)
    with pytest.raises(Invalid, match="標準価格がありません"):
        price(cast, free, rate="90")


def test_the_price_of_a_private_customer_is_as_private(cast: Cast, tape: Product, firm: Any) -> None:
    made = price(cast, tape, amount="850", account=firm)
    assert Price.objects.visible_to(viewer_of(cast.senda)).count() == 1
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    assert not Price.objects.visible_to(viewer_of(cast.senda)).exists()
    assert Price.objects.visible_to(viewer_of(cast.aoyama)).get() == made


def test_a_list_of_prices_asks_as_often_for_fifty_products_as_for_one(
    cast: Cast, firm: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [{"code": f"C-{n}", "name": f"商品{n}", "price": n} for n in range(50)]
    products = actions.create_many("product", rows, by=cast.osaki)
    with django_assert_num_queries(1):
        found = prices_for(products, firm, 1, DAY)
    assert [found[each.pk].amount for each in products] == list(range(50))


@settings(max_examples=40, deadline=None)
@given(standard=st.integers(0, 10**9), rate=st.decimals(0, 200, places=2))
def test_a_rate_cuts_off_below_one_yen(standard: int, rate: Decimal) -> None:
    made = amount_of(Price(rate=rate), Product(price=Decimal(standard)))
    assert made == made.to_integral_value()
    assert 0 <= Decimal(standard) * rate / 100 - made < 1
