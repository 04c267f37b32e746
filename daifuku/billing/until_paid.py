"""入金まで: the orders of whoever is in charge, until the money is in.

A list that ended at the order would let him forget what he still answers for: what is to be delivered, invoiced, paid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.billing import owed
from daifuku.billing.models import Invoice, InvoiceLine
from daifuku.orders.models import Order
from daifuku.staff.viewer import Viewer

MOST = 300
UNPAID, TO_BILL, TO_DELIVER = "unpaid", "to_bill", "to_deliver"
STEPS = {
    "": _("すべて"), UNPAID: _("入金待ち"), TO_BILL: _("請求前"), TO_DELIVER: _("納品前"),
}  # fmt: skip
STATES = {"open": TO_DELIVER, "partly": TO_DELIVER, "delivered": TO_BILL, "invoiced": UNPAID}


@dataclass
class Row:
    """`step` is what comes next, `due_on` the day by which; `open` is what its invoices still ask."""

    order: Any
    step: str
    due_on: date | None
    invoices: list[Any]

    @property
    def open(self) -> int:
        return sum(each.open for each in self.invoices)

    @property
    def waiting(self) -> list[Any]:
        return [each for each in self.invoices if each.open > 0]

    def late(self, today: date) -> int:
        return (today - self.due_on).days if self.due_on and self.due_on < today else 0


def rows(viewer: Viewer, today: date, *, everybody: bool = False) -> list[Row]:
    """The longest overdue first. Constant questions."""
    orders = Order.objects.visible_to(viewer).filter(state__in=STATES).select_related("account", "owner")
    if not everybody:
        orders = orders.filter(owner=viewer.pk)
    found = list(orders.order_by("due_on", "pk")[:MOST])
    invoices = _invoices(found, viewer)
    kept = [_row(order, invoices.get(order.pk, [])) for order in found]
    return sorted(kept, key=lambda row: (-row.late(today), row.due_on or today, row.order.pk))


def _row(order: Any, invoices: list[Any]) -> Row:
    step = STATES[order.state]
    due = [each.due_on for each in invoices if each.open > 0 and each.due_on]
    days = {TO_DELIVER: order.due_on, TO_BILL: order.delivered_on, UNPAID: min(due, default=None)}
    return Row(order, step, days[step], invoices)


def _invoices(orders: Iterable[Any], viewer: Viewer) -> dict[int, list[Any]]:
    """By order: the issued invoices on which it stands."""
    if not owed.may_see(viewer):
        return {}
    pairs = InvoiceLine.objects.filter(order_line__order__in=[each.pk for each in orders], live=True)
    links = list(pairs.order_by().values_list("order_line__order", "invoice").distinct())
    seen = Invoice.objects.visible_to(viewer).filter(
        pk__in={invoice for _order, invoice in links}, state="issued"
    )
    by_key = {each.pk: each for each in seen}
    found: dict[int, list[Any]] = {}
    for order, invoice in links:
        if invoice in by_key:
            found.setdefault(order, []).append(by_key[invoice])
    return found
