"""The demo's orders: in a rhythm, delivered, part of them on the way."""

from __future__ import annotations

from datetime import date

import pytest

from daifuku.customers import demo
from daifuku.customers.demo import customers
from daifuku.customers.models import Account
from daifuku.orders import ledger_reading as reading
from daifuku.orders.models import Delivery, Order, Purchase
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
TODAY = date(2026, 11, 25)


def test_customers_order_in_their_rhythm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customers, "FIRMS", 40)
    chapters = {name: demo.CHAPTERS[name] for name in ("fields", "firms", "products", "orders")}
    monkeypatch.setattr(demo, "CHAPTERS", chapters)
    assert demo.load(TODAY)
    states = set(Order.plain.values_list("state", flat=True))
    assert "delivered" in states
    assert len(states) > 1
    assert Delivery.plain.count() > 10
    assert Purchase.plain.exists()
    viewer = viewer_of(Person.objects.get(email="toshiko@example.jp"))
    account = Account.plain.get(pk=Order.plain.filter(title="定期のご注文")[0].account_id)
    assert reading.by_product(reading.Asked(account=account), viewer, TODAY)
