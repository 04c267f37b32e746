"""An order of a customer with its day of delivery, and a deal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.orders.actions import enter
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast


@pytest.fixture
def firm(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


@pytest.fixture
def order(cast: Cast, firm: Any) -> Any:
    values = {"account": firm, "title": "設備更新", "ordered_on": "2026-11-20", "due_on": "2027-01-31"}
    return enter(values, [{"name": "包装機", "quantity": "1", "unit_price": "3000000"}], by=cast.aoyama)


@pytest.fixture
def deal(cast: Cast, firm: Any) -> Any:
    values = {"name": "棚の更新", "account": firm, "amount": 5_000_000, "close_on": "2027-03-31"}
    return actions.create("deal", values, by=cast.aoyama)
