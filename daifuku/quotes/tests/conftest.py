"""A customer, and a quote for him, of which tests tell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.customers.models import Account
    from daifuku.quotes.models import Quote
    from daifuku.staff.testing import Cast

LINES: list[dict[str, Any]] = [
    {"kind": "heading", "name": "機器"},
    {"name": "台車", "quantity": "3", "unit": "台", "unit_price": "14800"},
    {"kind": "subtotal"},
    {"name": "ヨーグルト", "quantity": 2, "unit_price": 2160, "tax_class": "reduced"},
]


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def account(cast: Cast) -> Account:
    made: Account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    return made


@pytest.fixture
def quote(cast: Cast, account: Account) -> Quote:
    made: Quote = actions.create(
        "quote", {"title": "台車の入れ替え", "account": account, "lines": LINES}, by=cast.aoyama
    )
    return made
