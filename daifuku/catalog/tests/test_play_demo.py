"""The demo's goods and prices, without what other chapters tell."""

from __future__ import annotations

from datetime import date

import pytest

from daifuku.catalog.models import Price, Product
from daifuku.catalog.prices import prices_for
from daifuku.customers import demo
from daifuku.customers.demo import customers

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
TODAY = date(2026, 11, 25)


def test_the_demo_sells_goods_at_prices_that_were_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customers, "FIRMS", 60)
    chapters = {name: demo.CHAPTERS[name] for name in ("fields", "firms", "products")}
    monkeypatch.setattr(demo, "CHAPTERS", chapters)
    assert demo.load(TODAY)
    assert Product.plain.count() > 30
    assert set(Product.plain.values_list("tax_class", flat=True)) == {"standard", "reduced", "exempt"}
    agreed = Price.plain.filter(account__isnull=False).select_related("account")
    assert agreed.count() > 40
    account = agreed[0].account
    found = prices_for(Product.plain.all(), account, 1, TODAY)
    assert all(each.amount is not None for each in found.values())
