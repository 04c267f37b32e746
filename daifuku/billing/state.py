"""What orders know of their invoices: worked out from what was billed, never typed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet, Sum

from daifuku.billing.models import InvoiceLine
from daifuku.billing.unbilled import delivered


def invoiced(orders: list[int]) -> dict[int, str]:
    """Of delivered orders: those of which something was billed and nothing is left to bill."""
    billed = set(live_of(orders).values_list("order_line__order", flat=True))
    if not billed:
        return {}
    waiting = {each.line.delivery.order_id for each in delivered(Q(delivery__order__in=billed))}
    return dict.fromkeys(sorted(billed - waiting), "invoiced")


def live_of(orders: Iterable[int]) -> QuerySet[InvoiceLine]:
    return InvoiceLine.objects.filter(order_line__order__in=list(orders), live=True)


def amounts(orders: Iterable[int]) -> dict[int, int]:
    """What of each order was billed, in yen as entered on its lines."""
    rows = live_of(orders).values_list("order_line__order").annotate(n=Sum("amount"))
    return dict(rows.values_list("order_line__order", "n"))
