"""The demo's invoices: each month what was delivered, one corrected, the newest deliveries not billed yet."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q

from daifuku.billing import unbilled
from daifuku.billing.models import Invoice
from daifuku.customers import demo
from daifuku.customers.demo import customers
from daifuku.documents import sealing
from daifuku.orders.models import Order

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_what_was_delivered_is_billed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customers, "FIRMS", 40)
    monkeypatch.setattr(sealing, "draw", lambda draft: b"%PDF-")
    chapters = {name: demo.CHAPTERS[name] for name in ("fields", "firms", "products", "orders", "invoices")}
    monkeypatch.setattr(demo, "CHAPTERS", chapters)
    assert demo.load(date(2026, 11, 25))
    assert Invoice.plain.filter(state="issued").count() > 8
    assert set(Invoice.plain.values_list("kind", flat=True)) == {"single", "correction"}
    assert Invoice.plain.filter(state="draft").exists()
    assert Order.plain.filter(state__in=["invoiced", "paid"]).exists()
    assert unbilled.delivered(Q())
