"""What invoices and payments do for the deal whose orders they are of: unpaid past its day it is left alone, and a card
dropped on the payment opens what comes next on the way to the money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from daifuku.billing.models import Invoice, InvoiceLine
from daifuku.deals import alone, ways
from daifuku.deals.alone import Reason
from daifuku.deals.models import Deal
from daifuku.foundation.reversing import url_of
from daifuku.orders.models import Order
from daifuku.orders.of_deals import open_delivery
from daifuku.staff.viewer import Viewer


def register() -> None:
    alone.further.append(unpaid)
    ways.openers["payment"] = open_payment


def unpaid(deals: Sequence[Deal], today: date) -> dict[int, list[Reason]]:
    """Invoiced, and not all of it paid on the day that was agreed: since the oldest of them."""
    rows = (
        _waiting([deal.pk for deal in deals]).filter(invoice__due_on__lt=today).order_by("-invoice__due_on")
    )
    oldest: dict[int, date] = dict(rows.values_list("order_line__order__deal", "invoice__due_on"))
    return {key: [Reason("unpaid", day + timedelta(days=1))] for key, day in oldest.items()}


def _waiting(deals: Sequence[int]) -> Any:
    return InvoiceLine.objects.filter(
        order_line__order__deal__in=deals, live=True, invoice__state="issued", invoice__open__gt=0
    )


def open_payment(deal: Deal, viewer: Viewer) -> str | None:
    """The payment of what waits the longest; before that the invoice, before that the delivery."""
    if not viewer.may("payment", "create"):
        return None
    keys = _waiting([deal.pk]).values("invoice")
    invoice = Invoice.objects.visible_to(viewer).filter(pk__in=keys).order_by("due_on", "pk").first()
    if invoice is not None:
        return f"{url_of('billing:receive')}?{urlencode({'invoice': str(invoice.uid)})}"
    delivered = Order.objects.visible_to(viewer).filter(deal=deal, state="delivered").order_by("pk").first()
    if delivered is not None and viewer.may("invoice", "create"):
        return url_of("billing:bill_order", delivered.uid)
    return open_delivery(deal, viewer)
