"""A quote becomes an order: everything stands in the form, the due date is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.foundation.errors import Conflict, Invalid
from daifuku.orders import from_quote, of_deals
from daifuku.orders.actions import enter
from daifuku.orders.models import Order
from daifuku.quotes.actions import record_answer
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


def _offered(quote: Any, person: Person, **dates: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    viewer = viewer_of(person)
    values = {key: value for key, value in from_quote.opening(quote, viewer).items() if value}
    lines = [
        {key: value for key, value in line.items() if value} for line in from_quote.lines_of(quote, viewer)
    ]
    return {**values, **dates}, lines


def test_the_order_knows_its_quote_and_the_quote_its_order(cast: Cast, quote: Any, login_as: Login) -> None:
    today = timezone.localdate()
    order = enter(*_offered(quote, cast.aoyama, ordered_on=today, due_on=today), by=cast.aoyama)
    assert (order.quote, order.net) == (quote, 10000)
    page = login_as(cast.aoyama).get(quote.get_absolute_url()).content.decode()
    assert order.number in page
    assert "受注にする" not in page


def test_an_order_is_the_answer_to_its_quote(cast: Cast, quote: Any) -> None:
    Quote.plain.filter(pk=quote.pk).update(state="issued")
    quote.refresh_from_db()
    today = timezone.localdate()
    order = enter(*_offered(quote, cast.aoyama, ordered_on=today, due_on=today), by=cast.aoyama)
    quote.refresh_from_db()
    assert (quote.state, quote.answered_on) == ("accepted", order.ordered_on)
    with pytest.raises(Conflict):
        record_answer(quote, "declined", by=cast.aoyama, today=today)


def test_a_quote_that_one_may_not_see_is_not_found(
    cast: Cast, firm: Any, quote: Any, login_as: Login
) -> None:
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    answer = login_as(cast.senda).get(f"{reverse('orders:enter')}?quote={quote.uid}")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("state", "days", "words"),
    [
        ("issued", -1, "見積の有効期限（"),
        ("declined", 9, "断られたか、取り消したか、新しい版があります"),
        ("replaced", 9, "断られたか、取り消したか、新しい版があります"),
        ("void", 9, "断られたか、取り消したか、新しい版があります"),
    ],
)  # fmt: skip
def test_what_is_offered_no_more_is_ordered_by_no_way(
    cast: Cast, quote: Any, tape: Any, login_as: Login, state: str, days: int, words: str
) -> None:
    """By the form of a page that was opened before, and by the verb that the API asks."""
    today = timezone.localdate()
    Quote.plain.filter(pk=quote.pk).update(state=state, valid_until=today + timedelta(days=days))
    quote.refresh_from_db()
    values = {"account": quote.account, "quote": quote, "ordered_on": today, "due_on": today}
    with pytest.raises(Invalid) as refusal:
        enter(values, [{"product": tape, "quantity": "1"}], by=cast.aoyama)
    assert words in refusal.value.message
    client, address = login_as(cast.aoyama), f"{reverse('orders:enter')}?quote={quote.uid}"
    sent = {
        "account": str(quote.account.uid), "quote": str(quote.uid), "title": "大事な件名",
        "ordered_on": today.isoformat(), "due_on": today.isoformat(), "rows": "1", "l0-name": "箱",
        "l0-quantity": "7", "l0-unit_price": "100",
    }  # fmt: skip
    for name, record in (("account", quote.account), ("quote", quote)):
        sent |= {name: str(record), f"{name}.uid": str(record.uid), f"{name}.label": str(record)}
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "大事な件名" in page and 'value="7"' in page
    assert not Order.plain.exists()


def test_an_order_that_came_in_time_may_be_entered_later(cast: Cast, quote: Any, tape: Any) -> None:
    today = timezone.localdate()
    last = today - timedelta(days=2)
    Quote.plain.filter(pk=quote.pk).update(state="issued", valid_until=last)
    values = {"account": quote.account, "quote": quote, "ordered_on": last, "due_on": today}
    assert enter(values, [{"product": tape, "quantity": "1"}], by=cast.aoyama).quote == quote


def test_a_card_dropped_on_the_order_offers_no_quote_that_is_over(cast: Cast, firm: Any) -> None:
    deal = actions.create("deal", {"name": "梱包材", "account": firm}, by=cast.aoyama)
    quote = actions.create("quote", {"title": "梱包材", "account": firm, "deal": deal}, by=cast.aoyama)
    today, viewer = timezone.localdate(), viewer_of(cast.aoyama)
    Quote.plain.filter(pk=quote.pk).update(state="issued", valid_until=today)
    assert f"quote={quote.uid}" in str(of_deals.open_order(deal, viewer))
    Quote.plain.filter(pk=quote.pk).update(valid_until=today - timedelta(days=1))
    assert f"deal={deal.uid}" in str(of_deals.open_order(deal, viewer))
