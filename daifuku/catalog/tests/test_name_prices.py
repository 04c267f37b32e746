"""A price is called by its product: who must not see what it costs reads it nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.records import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def price(cast: Cast) -> Any:
    product = actions.create(
        "product", {"code": "T-1", "name": "布粘着テープ", "price": "1000"}, by=cast.osaki
    )
    values = {"product": product, "amount": "8765", "quantity": "100", "begins_on": "2026-04-01"}
    return actions.create("price", values, by=cast.osaki)


def test_its_name_says_what_and_from_when_on_but_not_how_much(cast: Cast, price: Any) -> None:
    assert price.name == "布粘着テープ 100以上 2026-04-01から"
    assert actions.edit(price, {"quantity": "0", "begins_on": ""}, by=cast.osaki).name == "布粘着テープ"


def test_where_the_amount_is_hidden_no_page_shows_it(
    cast: Cast, price: Any, login_as: Callable[[Person], Client]
) -> None:
    from daifuku.staff.models import Role

    role = Role.objects.get(key="rep")
    role.field_rules = {**role.field_rules, "price": {"amount": "hidden", "rate": "hidden"}}
    role.save()
    client = login_as(cast.aoyama)
    for address in (
        "/prices/",
        price.get_absolute_url(),
        f"{price.get_absolute_url()}history/",
        "/search/?q=8765",
    ):
        assert "8,765" not in client.get(address).content.decode(), address
