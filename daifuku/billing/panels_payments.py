"""What stands on pages about money: what an invoice waits for, what a payment paid, what a customer owes, how far the
money of an order is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.billing import credit, owed, receivables
from daifuku.billing.models import Invoice, InvoiceLine, Payment, SetOff
from daifuku.billing.objects.invoice import INVOICE
from daifuku.billing.objects.payment import PAYMENT
from daifuku.customers.models import Account
from daifuku.customers.objects.account import ACCOUNT
from daifuku.foundation.reversing import url_of
from daifuku.orders.models import Order
from daifuku.orders.objects.order import ORDER
from daifuku.records.catalogue.panel import Panel
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

SHOWN = 20


def register() -> None:
    INVOICE.panels.append(Panel("payments", _("入金"), "billing/panels/paid.html", of_invoice, "main", 3))
    PAYMENT.panels.append(Panel("set_offs", _("消込"), "billing/panels/set_offs.html", of_payment, "main", 2))
    ACCOUNT.panels.append(Panel("owed", _("売掛"), "billing/panels/owed.html", of_account, "side", 14))
    ORDER.panels.append(Panel("money", _("請求と入金"), "billing/panels/money.html", of_order, "side", 4))


def of_invoice(invoice: Invoice, viewer: Viewer) -> dict[str, Any] | None:
    if invoice.state != "issued" or not viewer.may("payment", "view") or not owed.may_see(viewer):
        return None
    today = timezone.localdate()
    rows = (
        SetOff.objects.filter(invoice=invoice, counts=True).select_related("payment").order_by("pk")[:SHOWN]
    )
    found = [(row, row.payment if sees(viewer, row.payment, "view") else None) for row in rows]
    late = (
        (today - invoice.due_on).days if invoice.open > 0 and invoice.due_on and invoice.due_on < today else 0
    )
    may = viewer.may("payment", "create") and invoice.open > 0
    return {
        "rows": found, "late": late,
        "receive": f"{url_of('billing:receive')}?{urlencode({'invoice': str(invoice.uid)})}" if may else "",
    }  # fmt: skip


def of_payment(payment: Payment, viewer: Viewer) -> dict[str, Any] | None:
    rows = (
        SetOff.objects.filter(payment=payment, counts=True).select_related("invoice").order_by("pk")[:SHOWN]
    )
    found = [(row, row.invoice if sees(viewer, row.invoice, "view") else None) for row in rows]
    may = payment.counts and sees(viewer, payment, "edit")
    addresses = {name: url_of(f"billing:{name}", payment.uid) for name in ("set_off", "release", "cancel")}
    sums = owed.may_see(viewer)
    return {"rows": found, "may": may, "may_set": may and payment.left > 0, "sums": sums, **addresses}


def of_account(account: Account, viewer: Viewer) -> dict[str, Any] | None:
    """Only where there is something to say."""
    if not owed.may_see(viewer) or not credit.anything(account):
        return None
    today = timezone.localdate()
    found = receivables.rows(viewer, today, account=account)
    row = (
        found[0]
        if found
        else receivables.Row(account, standing=credit.standings([account], today, viewer)[account.pk])
    )
    if not found and row.standing.limit is None and not row.standing.ordered:
        return None
    return {
        "row": row, "open": receivables.invoices_address(today, account), "late": _late(account, today),
        "statement": url_of("billing:statement", account.uid),
    }  # fmt: skip


def of_order(order: Order, viewer: Viewer) -> dict[str, Any] | None:
    """The invoices of this order, and whether the customer is over his limit."""
    keys = (
        InvoiceLine.objects.filter(order_line__order=order)
        .order_by()
        .values_list("invoice", flat=True)
        .distinct()
    )
    seen = Invoice.objects.visible_to(viewer).filter(pk__in=list(keys)) if owed.may_see(viewer) else []
    invoices = sorted(seen, key=lambda each: each.pk)
    warnings = credit.warn(order.account, viewer, timezone.localdate()) if order.is_open else []
    if not invoices and not warnings:
        return None
    return {"invoices": invoices, "warnings": warnings, "today": timezone.localdate()}


def _late(account: Account, today: Any) -> str:
    """The list of what is overdue."""
    late = receivables.Age("late", "", 1, None)
    return receivables.invoices_address(today, account, late)
