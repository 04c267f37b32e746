"""Who took a delivery is forgotten with the person; everybody else who took one stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.ledger.models import Event
from daifuku.orders import erasing as orders_erasing
from daifuku.orders.actions import deliver
from daifuku.orders.models import Delivery
from daifuku.records import actions
from daifuku.records.actions import erasing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


def taken_by(cast: Cast, order: Any, name: str) -> Any:
    delivery = deliver(order, None, {}, by=cast.mori, today=TODAY)
    return actions.edit(delivery, {"received_by": name, "received_on": "2026-11-27"}, by=cast.aoyama)


def test_the_name_goes_from_the_delivery_and_its_lines(cast: Cast, firm: Any, order: Any) -> None:
    him = actions.create(
        "contact", {"family_name": "紅林", "given_name": "譲", "account": firm}, by=cast.aoyama
    )
    delivery = taken_by(cast, order, "紅林様")
    assert orders_erasing.say(him) == "納品 1件の受領者"
    erasing.erase(him, by=cast.mizuno)
    kept = Delivery.plain.get(pk=delivery.pk)
    assert (kept.received_by, kept.received_on) == ("", date(2026, 11, 27))
    assert not [line for line in Event.objects.all() if "紅林" in str(line.data)]


def test_another_name_and_another_firm_stay(cast: Cast, firm: Any, order: Any) -> None:
    other = actions.create("account", {"name": "別の会社"}, by=cast.aoyama)
    him = actions.create("contact", {"family_name": "紅林", "account": other}, by=cast.aoyama)
    delivery = taken_by(cast, order, "紅林様")
    erasing.erase(him, by=cast.mizuno)
    assert Delivery.plain.get(pk=delivery.pk).received_by == "紅林様"
