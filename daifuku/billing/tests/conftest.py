"""A customer, two products, an order and what was delivered of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast


@pytest.fixture
def firm(cast: Cast) -> Any:
    values = {
        "name": "青葉商事",
        "prefecture": "愛知県",
        "city": "名古屋市",
        "payment_terms": "月末締め翌月末払い",
    }
    return actions.create("account", values, by=cast.aoyama)


@pytest.fixture
def tape(cast: Cast) -> Any:
    values = {
        "code": "HK-1", "name": "布粘着テープ", "unit": "巻", "price": "1000", "cost": "700",
    }  # fmt: skip
    return actions.create("product", values, by=cast.osaki)


@pytest.fixture
def miso(cast: Cast) -> Any:
    values = {"code": "SH-1", "name": "赤みそ", "unit": "箱", "price": "500", "tax_class": "reduced"}
    return actions.create("product", values, by=cast.osaki)


@pytest.fixture
def order(cast: Cast, firm: Any, tape: Any, miso: Any) -> Any:
    from daifuku.orders.actions import enter

    values = {"account": firm, "title": "梱包材", "ordered_on": "2026-11-20", "due_on": "2026-11-30"}
    lines = [{"product": tape, "quantity": "10"}, {"product": miso, "quantity": "3", "due_on": "2026-12-05"}]
    return enter(values, lines, by=cast.aoyama)


@pytest.fixture
def delivery(cast: Cast, order: Any) -> Any:
    from daifuku.orders.actions import deliver

    return deliver(order, None, {"delivered_on": "2026-11-25"}, by=cast.aoyama, today=date(2026, 11, 27))
