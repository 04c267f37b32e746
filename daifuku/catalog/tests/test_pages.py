"""The price list, the panels of a product and of a customer, and the way in by a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.catalog.models import Product
from daifuku.records import actions

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def tape(cast: Cast) -> Product:
    values = {"code": "HK-1", "name": "布粘着テープ", "unit": "巻", "price": "1000", "cost": "4321"}
    made: Product = actions.create("product", values, by=cast.osaki)
    return made


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def test_the_price_list_of_a_customer_says_what_each_product_costs(
    cast: Cast, tape: Product, firm: Any, login_as: Login
) -> None:
    actions.create("price", {"product": tape, "account": firm, "amount": "850"}, by=cast.osaki)
    client, address = login_as(cast.aoyama), reverse("catalog:prices")
    page = text(client.get(address, {"account": str(firm.uid)}))
    assert "青葉商事の価格" in page
    assert "850円" in page
    everybody = text(client.get(address))
    assert "850円" not in everybody
    explained = text(client.get(address, {"account": str(firm.uid), "product": str(tape.uid)}))
    assert "これを使います" in explained
    assert "この取引先の価格です。" in explained
    assert "布粘着テープ" not in text(client.get(address, {"q": "段ボール"})).split("<tbody>")[-1]


def test_what_cannot_be_read_stays_typed_and_gets_a_sentence(
    cast: Cast, tape: Product, login_as: Login
) -> None:
    answer = login_as(cast.aoyama).get(
        reverse("catalog:prices"), {"quantity": "たくさん", "day": "2026/13/45"}
    )
    assert answer.status_code == 422
    page = text(answer)
    assert "数字で入力してください。" in page
    assert "たくさん" in page


def test_the_pages_of_product_and_customer_show_the_prices(
    cast: Cast, tape: Product, firm: Any, login_as: Login
) -> None:
    actions.create(
        "price", {"product": tape, "account": firm, "amount": "850", "quantity": "10"}, by=cast.osaki
    )
    client = login_as(cast.aoyama)
    of_product = text(client.get(tape.get_absolute_url()))
    assert "850円" in of_product
    assert "数量10以上" in of_product
    assert "4,321円" in of_product
    assert "850円" in text(client.get(firm.get_absolute_url()))
    assert "4,321円" not in text(login_as(cast.eguchi).get(tape.get_absolute_url()))


def test_a_private_customers_name_stands_on_no_page_of_others(
    cast: Cast, tape: Product, firm: Any, login_as: Login
) -> None:
    actions.create("price", {"product": tape, "account": firm, "amount": "850"}, by=cast.aoyama)
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    page = text(login_as(cast.senda).get(tape.get_absolute_url()))
    assert "青葉商事" not in page
    assert "850円" not in page


def test_what_is_sold_no_more_says_so_and_what_comes_after(
    cast: Cast, tape: Product, login_as: Login
) -> None:
    new = actions.create("product", {"code": "HK-2", "name": "新しいテープ"}, by=cast.osaki)
    actions.edit(tape, {"discontinued_on": "2020-01-31", "successor": new}, by=cast.osaki)
    page = text(login_as(cast.aoyama).get(tape.get_absolute_url()))
    assert "販売を終了" in page
    assert "新しいテープ" in page


def test_the_list_of_products_leads_to_the_price_list(cast: Cast, tape: Product, login_as: Login) -> None:
    assert reverse("catalog:prices") in text(login_as(cast.aoyama).get("/products/"))
