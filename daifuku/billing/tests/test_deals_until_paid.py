"""A deal from its order to the money: done when all is paid, undone with the payment, told of where it waits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.billing.actions import bill_deliveries, correct, payments
from daifuku.deals import alone
from daifuku.deals.models import Deal
from daifuku.ledger.models import Event
from daifuku.orders.actions import deliver
from daifuku.records import actions
from daifuku.records.undoing import undo

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture
def deal(cast: Cast, firm: Any, order: Any) -> Any:
    made = actions.create("deal", {"name": "梱包材の切り替え", "account": firm}, by=cast.aoyama)
    actions.edit(order, {"deal": made}, by=cast.aoyama)
    return made


def now(deal: Any) -> Any:
    return Deal.plain.get(pk=deal.pk)


def left(deal: Any, day: date) -> list[str]:
    return [each.key for each in alone.reasons([now(deal)], day, alone.limits())[deal.pk]]


def paid(cast: Cast, firm: Any, amount: int) -> None:
    values = {"account": firm, "paid_on": "2026-11-26", "amount": amount}
    payments.record(values, None, by=cast.aoyama, today=TODAY)


def test_paid_in_full_it_is_done_and_undone_with_the_payment(
    cast: Cast, firm: Any, deal: Any, delivery: Any
) -> None:
    assert now(deal).stage == "delivery"
    invoice = bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    assert now(deal).stage == "delivery"
    paid(cast, firm, 5_000)
    assert now(deal).stage == "delivery"
    paid(cast, firm, invoice.total - 5_000)
    assert (now(deal).stage, now(deal).state) == ("payment", "done")
    undo(Event.objects.filter(kind="payment.created").latest("pk"), by=cast.aoyama)
    assert (now(deal).stage, now(deal).state) == ("delivery", "won")


def test_whoever_corrects_a_paid_invoice_is_named_on_the_deal_as_well(
    cast: Cast, firm: Any, deal: Any, delivery: Any
) -> None:
    invoice = bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    paid(cast, firm, invoice.total)
    assert now(deal).stage == "payment"
    correct(invoice, "金額の誤り", by=cast.osaki, today=TODAY)
    assert now(deal).stage == "delivery"
    lines = Event.objects.filter(subjects__object="deal", subjects__record_id=deal.pk)
    assert lines.latest("pk").actor == cast.osaki


def test_not_invoiced_and_not_paid_are_told_of(cast: Cast, deal: Any, delivery: Any) -> None:
    assert "uninvoiced" in left(deal, date(2026, 12, 4))
    invoice = bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    assert invoice.due_on is not None
    assert left(deal, invoice.due_on) == []
    assert left(deal, date(2027, 1, 10)) == ["unpaid"]


def test_a_card_dropped_on_the_payment_opens_what_comes_next(
    cast: Cast, login_as: Login, order: Any, deal: Any
) -> None:
    client, address = login_as(cast.mizuno), f"/deals/{deal.uid}/stage/?stage=payment"
    assert client.get(address)["Location"] == f"/orders/{order.uid}/deliver/"
    delivery = deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    assert client.get(address)["Location"] == f"/orders/{order.uid}/bill/"
    invoice = bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    opened = client.get(address)["Location"]
    assert opened == f"/payments/receive/?invoice={invoice.uid}"
    assert client.get(opened).status_code == 200
