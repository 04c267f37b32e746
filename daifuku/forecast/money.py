"""Figures by what was billed and what came in, with what is still to be billed and to be paid before them.

What was billed is told without tax, like orders; money that came in is told as it came, tax included.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from daifuku.billing import unbilled as billing_unbilled
from daifuku.billing.models import Invoice, InvoiceLine, Payment
from daifuku.billing.models.invoice import ISSUED
from daifuku.documents.amounts import Kind
from daifuku.forecast.parts import divided
from daifuku.forecast.sources import BACKLOG, OPEN_DEALS, Row, Rows, Source, first_of, register
from daifuku.orders.models import Order

INVOICED, RECEIVED, UNBILLED, OWED = "invoiced", "received", "unbilled", "owed"
OF_ACCOUNT = ("owner_id", "keeper_id", "team_id", "privacy")


def invoiced(keys: Iterable[int]) -> Rows:
    """Issued invoices and corrections, which are negative, in the month of their issue, divided as their goods are."""
    rows = Invoice.plain.filter(pk__in=list(keys), state=ISSUED, trashed_at__isnull=True)
    invoices = {each.pk: each for each in rows.only("issued_on", "net", *OF_ACCOUNT)}
    weights: dict[int, dict[str, int]] = {key: {} for key in invoices}
    goods = InvoiceLine.objects.filter(invoice__in=invoices, kind=Kind.GOODS.value).order_by()
    of_groups = goods.values_list("invoice", "order_line__product__group").annotate(sum=Sum("amount"))
    for key, group, amount in of_groups:
        weights[key][group or ""] = weights[key].get(group or "", 0) + abs(amount)
    return {
        key: [
            _row(invoice, invoice.issued_on, group, amount)
            for group, amount in divided(invoice.net, weights[key]).items()
        ]
        for key, invoice in invoices.items()
    }


def received(keys: Iterable[int]) -> Rows:
    """What came in, with the fee that we bear; what went back does not count."""
    rows = Payment.plain.filter(pk__in=list(keys), trashed_at__isnull=True, cancelled_on__isnull=True)
    return {each.pk: [_row(each, each.paid_on, "", each.worth)] for each in rows}


def unbilled(keys: Iterable[int]) -> Rows:
    """Delivered and not billed yet, of these orders, in the month of the delivery."""
    found: Rows = {}
    for each in billing_unbilled.delivered(Q(delivery__order__in=list(keys), order_line__counts=True)):
        line, delivery = each.line, each.line.delivery
        share = Decimal(line.amount) * each.quantity / line.quantity if line.quantity else Decimal(0)
        amount = int(share.quantize(Decimal(1), ROUND_HALF_UP))
        found.setdefault(delivery.order_id, []).append(_row(delivery, delivery.delivered_on, "", amount))
    return found


def owed(keys: Iterable[int]) -> Rows:
    """What of an invoice was not paid yet, in the month in which it is due."""
    rows = Invoice.plain.filter(pk__in=list(keys), state=ISSUED, open__gt=0, trashed_at__isnull=True)
    return {each.pk: [_row(each, each.due_on or each.issued_on, "", each.open)] for each in rows}


def _row(record: Any, day: Any, part: str, amount: int) -> Row:
    owner, keeper, team, privacy = (getattr(record, name) for name in OF_ACCOUNT)
    return Row(first_of(day), owner, keeper, team, privacy, part, amount, amount)


def register_money() -> None:
    sent = ({"field": "state", "op": "any_of", "value": [ISSUED]},)
    counted = ({"field": "cancelled_on", "op": "empty"},)
    register(
        Source(
            INVOICED, _("請求"), Invoice, "invoice", invoiced, "invoices", "issued_on", parts=True,
            fields=(("invoice", "net"), ("invoice", "issued_on")), ahead=(UNBILLED, BACKLOG, OPEN_DEALS),
            narrowed=sent,
        ),
        Source(
            RECEIVED, _("入金（税込）"), Payment, "payment", received, "payments", "paid_on",
            fields=(("payment", "amount"), ("payment", "fee"), ("payment", "paid_on")),
            ahead=(OWED, OPEN_DEALS), narrowed=counted, parts=False,
        ),
        Source(
            UNBILLED, _("納品して未請求"), Order, "order", unbilled, "deliveries", "delivered_on", basis=False,
            fields=(("delivery", "net"), ("delivery", "delivered_on")), at_once=True,
        ),
        Source(
            OWED, _("請求して未入金（税込）"), Invoice, "invoice", owed, "invoices", "due_on", basis=False,
            fields=(("invoice", "open"), ("invoice", "due_on")), at_once=True,
        ),
    )  # fmt: skip
