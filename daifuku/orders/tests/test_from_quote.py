"""A quote becomes an order: everything stands in the form, the due date is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.orders import from_quote
from daifuku.orders.actions import enter
from daifuku.quotes.models import Quote
from daifuku.records import actions
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote(cast: Cast, firm: Any, tape: Any) -> Any:
    lines = [
        {
            "product": str(tape.uid),
            "name": "布粘着テープ",
            "quantity": "12",
            "unit": "巻",
            "unit_price": "880",
        },
        {"kind": "discount", "name": "出精値引き", "unit_price": "560"},
    ]
    made = actions.create("quote", {"title": "梱包材", "account": firm, "lines": lines}, by=cast.aoyama)
    Quote.plain.filter(pk=made.pk).update(state="accepted")
    return Quote.plain.get(pk=made.pk)


def test_what_was_offered_stands_in_the_form(cast: Cast, quote: Any, login_as: Login) -> None:
    client = login_as(cast.aoyama)
    address = f"{reverse('orders:enter')}?quote={quote.uid}"
    assert address in client.get(quote.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    for words in ("青葉商事", "布粘着テープ", 'value="880', "梱包材"):
        assert words in page


def test_an_offer_that_holds_no_more_leads_to_no_order(cast: Cast, quote: Any, login_as: Login) -> None:
    client, yesterday = login_as(cast.aoyama), timezone.localdate() - timedelta(days=1)
    Quote.plain.filter(pk=quote.pk).update(state="issued", valid_until=yesterday)
    assert "受注にする" not in client.get(quote.get_absolute_url()).content.decode()
    Quote.plain.filter(pk=quote.pk).update(valid_until=timezone.localdate())
    assert "受注にする" in client.get(quote.get_absolute_url()).content.decode()


def test_the_order_knows_its_quote_and_the_quote_its_order(cast: Cast, quote: Any, login_as: Login) -> None:
    viewer = viewer_of(cast.aoyama)
    values = {key: value for key, value in from_quote.opening(quote, viewer).items() if value}
    today = timezone.localdate()
    lines = [
        {key: value for key, value in line.items() if value} for line in from_quote.lines_of(quote, viewer)
    ]
    order = enter({**values, "ordered_on": today, "due_on": today}, lines, by=cast.aoyama)
    assert (order.quote, order.net) == (quote, 10000)
    page = login_as(cast.aoyama).get(quote.get_absolute_url()).content.decode()
    assert order.number in page
    assert "受注にする" not in page


def test_a_quote_that_one_may_not_see_is_not_found(
    cast: Cast, firm: Any, quote: Any, login_as: Login
) -> None:
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    answer = login_as(cast.senda).get(f"{reverse('orders:enter')}?quote={quote.uid}")
    assert answer.status_code == 404
