"""What stands on an invoice's page, and what orders, deliveries and customers show of their invoices."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.billing import paper, state, unbilled
from daifuku.billing.models import Invoice
from daifuku.billing.models.invoice import CORRECTION, DRAFT, ISSUED
from daifuku.billing.objects.invoice import INVOICE
from daifuku.customers.objects.account import ACCOUNT
from daifuku.documents import sealing
from daifuku.documents.amounts import Kind
from daifuku.foundation.reversing import url_of
from daifuku.foundation.sql.prepared import Prepared
from daifuku.orders.models import Delivery, Order
from daifuku.orders.objects.delivery import DELIVERY
from daifuku.orders.objects.order import ORDER
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.first_rows import FirstRows
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

MOST = 12


def register() -> None:
    INVOICE.panels += [
        Panel("steps", _("次にすること"), "billing/panels/steps.html", steps, "head", 1),
        Panel("lines", _("明細"), "billing/panels/lines.html", lines, "main", 2),
        Panel("links", _("送付と閲覧"), "billing/panels/links.html", links, "side", 3),
        Panel("papers", _("書類と元の受注"), "billing/panels/papers.html", papers, "side", 4),
    ]
    many = pgettext_lazy("many", "請求")
    ORDER.panels.append(Panel("bill", many, "billing/panels/bill.html", of_order, "head", 3))
    DELIVERY.panels.append(Panel("bill", many, "billing/panels/bill.html", of_delivery, "head", 3))
    ACCOUNT.panels.append(Panel("invoices", many, "billing/panels/account.html", of_account, "main", 15))


def steps(invoice: Invoice, viewer: Viewer) -> dict[str, Any] | None:
    """What this person can do with it now; one of them is the obvious one."""
    if invoice.trashed_at is not None:
        return None
    may_edit, draft = sees(viewer, invoice, "edit"), invoice.is_draft
    goods = any(line["kind"] == Kind.GOODS for line in invoice.lines)
    back = invoice.kind == CORRECTION or invoice.reversed_on is not None
    return {
        "issue": may_edit and draft and goods, "write": may_edit and draft and not goods,
        "send": may_edit and not draft and invoice.reversed_on is None,
        "correct": may_edit and not draft and not back and viewer.may("invoice", "create"),
        "paper": sealing.may_open(viewer, paper.KEY) and (goods or not draft),
        "unregistered": draft and not paper.Firm().registered,
        "edit": url_of("records:edit", INVOICE.slug, invoice.uid),
    }  # fmt: skip


def sums_seen(viewer: Viewer) -> bool:
    return {"net", "tax", "total"} <= vocabulary.fields_for(viewer, "invoice").keys()


def lines(invoice: Invoice, viewer: Viewer) -> dict[str, Any] | None:
    if "lines" not in vocabulary.fields_for(viewer, "invoice") or not sums_seen(viewer):
        return None
    rows = paper.printed(invoice.lines)
    return {
        "rows": rows,
        "sums": {"rates": invoice.rate_sums, "gross": invoice.total},
        "balance": invoice.kind == "closing", "may_edit": invoice.is_draft and sees(viewer, invoice, "edit"),
        "edit": f"{url_of('records:edit', INVOICE.slug, invoice.uid)}#section-lines",
    }  # fmt: skip


def links(invoice: Invoice, viewer: Viewer) -> dict[str, Any] | None:
    rows = list(invoice.addresses.select_related("made_by")[:MOST])
    if not rows:
        return None
    today = timezone.localdate()
    return {"rows": [(link, link.is_dead(today)) for link in rows], "may_edit": sees(viewer, invoice, "edit")}


def papers(invoice: Invoice, viewer: Viewer) -> dict[str, Any] | None:
    """The sealed copy, corrections, and the orders and deliveries that it bills, as far as he may see them."""
    copies = sealing.copies_of(invoice) if sealing.may_open(viewer, paper.KEY) else []
    both = Q(corrects=invoice) | Q(pk=invoice.corrects_id)
    others = list(Invoice.objects.visible_to(viewer).filter(both).order_by("pk"))
    orders, deliveries = _sources(invoice, viewer)
    if not (copies or others or orders or deliveries):
        return None
    return {
        "copies": copies,
        "others": others,
        "orders": orders,
        "deliveries": deliveries,
        "slug": INVOICE.slug,
        "sums": sums_seen(viewer),
    }


def _sources(invoice: Invoice, viewer: Viewer) -> tuple[list[Any], list[Any]]:
    orders: list[Any] = []
    deliveries: list[Any] = []
    if viewer.may("order", "view"):
        rows = Order.objects.visible_to(viewer).filter(lines__invoice_lines__invoice=invoice)
        orders = list(rows.distinct().order_by("pk")[:MOST])
    if viewer.may("delivery", "view"):
        found = Delivery.objects.visible_to(viewer).filter(lines__invoice_lines__invoice=invoice)
        deliveries = list(found.distinct().order_by("pk")[:MOST])
    return orders, deliveries


def of_order(order: Order, viewer: Viewer) -> dict[str, Any] | None:
    """How much of it was billed, the invoices, and the way to the next one."""
    if not viewer.may("invoice", "view"):
        return None
    found = _invoices(Q(rows__order_line__order=order), viewer)
    billed = state.amounts([order.pk]).get(order.pk, 0) if sums_seen(viewer) else None
    live = order.trashed_at is None and order.cancelled_on is None
    waiting = sum(_amount(each) for each in unbilled.delivered(Q(delivery__order=order))) if live else 0
    may = live and viewer.may("invoice", "create")
    ahead = may and not waiting and order.delivered_on is None and bool(unbilled.ordered(order))
    shown = _shown(found, url_of("billing:bill_order", order.uid), billed, waiting, may=may, ahead=ahead)
    return shown and shown | {"sums": "amount" in vocabulary.fields_for(viewer, "order_line")}


def of_delivery(delivery: Delivery, viewer: Viewer) -> dict[str, Any] | None:
    if not viewer.may("invoice", "view"):
        return None
    found = _invoices(Q(rows__delivery_line__delivery=delivery), viewer)
    waiting = sum(_amount(each) for each in unbilled.delivered(Q(delivery=delivery)))
    may = delivery.trashed_at is None and viewer.may("invoice", "create")
    shown = _shown(found, url_of("billing:bill_delivery", delivery.uid), None, waiting, may=may, ahead=False)
    return shown and shown | {"sums": "net" in vocabulary.fields_for(viewer, "delivery")}


def _shown(
    found: list[Invoice], address: str, billed: int | None, waiting: int, *, may: bool, ahead: bool
) -> dict[str, Any] | None:
    if not found and not waiting and not ahead:
        return None
    return {
        "invoices": found, "address": address if may and (waiting or ahead) else "", "ahead": ahead,
        "billed": billed, "waiting": waiting,
    }  # fmt: skip


def _amount(each: unbilled.Open) -> int:
    line = each.line
    return round(line.amount * each.quantity / line.quantity) if line.quantity else line.amount


def _invoices(where: Q, viewer: Viewer) -> list[Invoice]:
    rows = Invoice.objects.visible_to(viewer).filter(where, state=ISSUED)
    return list(rows.distinct().order_by("pk")[:MOST])


ISSUED_OF = FirstRows(
    Invoice, "account", lambda invoices: invoices.filter(state=ISSUED).order_by("-issued_on", "-pk")
)
DRAFTS_OF = FirstRows(Invoice, "account", lambda invoices: invoices.filter(state=DRAFT).order_by("-pk"))
DELIVERED = Prepared(
    lambda account: Delivery.plain.filter(account_id=account, trashed_at__isnull=True).values_list("pk")[:1]
)


def of_account(account: Any, viewer: Viewer) -> dict[str, Any] | None:
    """The newest invoices, what was delivered and not billed, and the way to a new one."""
    if not viewer.may("invoice", "view") or "account" not in vocabulary.fields_for(viewer, "invoice"):
        return None
    found, drafts = (rows(account.pk, viewer, MOST)[:MOST] for rows in (ISSUED_OF, DRAFTS_OF))
    may = account.trashed_at is None and viewer.may("invoice", "create")
    waiting = []
    if viewer.may("delivery", "view") and DELIVERED.first(account.pk):
        waiting = _waiting(account, viewer)
    if not (found or drafts or waiting or may):
        return None
    where = {"all": [{"field": "account", "op": "any_of", "value": [str(account.uid)]}]}
    return {
        "invoices": found, "drafts": drafts, "waiting": waiting, "total": sum(each.net for each in waiting),
        "bill": url_of("billing:bill_account", account.uid) if may and waiting else "",
        "new": f"{url_of('records:new', INVOICE.slug)}?{urlencode({'account': str(account.uid)})}" if may else "",
        "every": f"{url_of('records:list', INVOICE.slug)}?{urlencode({'where': json.dumps(where)})}",
        "sums": sums_seen(viewer), "net": "net" in vocabulary.fields_for(viewer, "delivery"),
    }  # fmt: skip


def _waiting(account: Any, viewer: Viewer) -> list[Delivery]:
    keys = {each.line.delivery_id for each in unbilled.delivered(Q(delivery__account=account))}
    rows = Delivery.objects.visible_to(viewer).filter(pk__in=keys)
    return list(rows.order_by("delivered_on", "pk"))
