"""Rows of the matrix for deals, quotes and orders: what each line is; lateness is told of once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.deals.actions import lose, move
from daifuku.ledger.models import Event
from daifuku.messages.sharing import happenings
from daifuku.orders import lateness
from daifuku.orders.actions import cancel, deliver, enter
from daifuku.orders.models import Order
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


def rows(kind: str) -> list[str]:
    line = Event.objects.filter(kind=kind).latest("id")
    return [each.key for each in happenings.of(line)]


def test_a_deal_moves_is_won_and_is_lost(cast: Cast, firm: Any, tape: Any) -> None:
    deal = actions.create("deal", {"name": "棚", "account": firm}, by=cast.aoyama)
    move(deal, "appointment", by=cast.aoyama)
    assert rows("deal.edited") == ["deal.moved"]
    actions.edit(deal, {"note": "急ぎ"}, by=cast.aoyama)
    assert rows("deal.edited") == []
    values = {"account": firm, "deal": deal, "ordered_on": "2026-11-20", "due_on": "2026-11-30"}
    order = enter(values, [{"product": tape, "quantity": "1"}], by=cast.aoyama)
    assert rows("deal.edited") == ["deal.won"]
    assert rows("order.created") == ["order.new"]
    deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    assert rows("delivery.created") == ["delivery.new"]
    assert rows("deal.edited") == ["deal.moved"]
    lose(deal, {"lost_reason": "price"}, by=cast.aoyama)
    assert rows("deal.edited") == ["deal.lost"]


def test_a_cancelled_order(cast: Cast, order: Any) -> None:
    cancel(order, "お客様の都合", by=cast.aoyama, today=TODAY)
    assert rows("order.cancelled") == ["order.off"]


def test_what_is_late_is_told_of_once_and_again_for_another_day(order: Any) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Order.plain.filter(pk=order.pk).update(ordered_on=yesterday - timedelta(days=5), due_on=yesterday)
    assert lateness.wanted()
    assert (lateness.tell_late(), lateness.tell_late()) == (1, 0)
    assert rows("order.late") == ["order.late", "order.late_of_mine"]
    Order.plain.filter(pk=order.pk).update(due_on=yesterday - timedelta(days=1))
    assert lateness.tell_late() == 1


def test_what_is_delivered_or_cancelled_is_late_no_more(order: Any) -> None:
    long_ago = timezone.localdate() - timedelta(days=3)
    Order.plain.filter(pk=order.pk).update(ordered_on=long_ago, due_on=long_ago, state="delivered")
    assert (lateness.wanted(), lateness.tell_late()) == (False, 0)
