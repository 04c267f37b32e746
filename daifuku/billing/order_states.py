"""How far the money of an order is: paid once everything that was delivered stands on invoices, and those are paid."""

from __future__ import annotations

from daifuku.billing import state
from daifuku.billing.models import InvoiceLine


def paid(orders: list[int]) -> dict[int, str]:
    """For `orders.state.FURTHER`, after what says that orders are invoiced."""
    keys = list(state.invoiced(orders))
    if not keys:
        return {}
    live = InvoiceLine.objects.filter(order_line__order__in=keys, live=True)
    waiting = live.filter(invoice__settled__in=("waiting", "partly")).values_list(
        "order_line__order", flat=True
    )
    return dict.fromkeys(sorted(set(keys) - set(waiting)), "paid")
