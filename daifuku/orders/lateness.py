"""Every morning: which orders are past their day. Each is told of once, and again for another day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from daifuku.foundation.portions import pieces
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event, Subject
from daifuku.ledger.writing import About, Line
from daifuku.orders.models import Order
from daifuku.orders.models.order import OPEN

LATE, PIECE = "order.late", 500
# What lies longer than this was known before anybody could be told.
OLDEST = timedelta(days=60)


def tell_late() -> int:
    """In short pieces, so that nobody waits."""
    return sum(map(_tell, pieces(_late(), PIECE)))


def wanted() -> bool:
    found: bool = _late().exists()
    return found


def _late() -> Any:
    today = timezone.localdate()
    return Order.plain.filter(
        state__in=OPEN, trashed_at__isnull=True, due_on__lt=today, due_on__gte=today - OLDEST
    )


def _tell(orders: list[Order]) -> int:
    lines = Event.objects.filter(
        kind=LATE, subjects__object="order", subjects__record_id__in=[o.pk for o in orders]
    )
    known = {
        (key, day)
        for key, day in lines.filter(subjects__role=Subject.MAIN).values_list(
            "subjects__record_id", "data__due_on"
        )
    }
    fresh = [order for order in orders if (order.pk, order.due_on.isoformat()) not in known]
    with ledger.writing():
        ledger.record_many(
            [
                Line(
                    LATE, [About("order", order.pk), About("account", order.account_id, "related")],
                    {"due_on": order.due_on.isoformat()},
                )
                for order in fresh
            ],
            by=None,
        )  # fmt: skip
    return len(fresh)
