"""What may not go into the trash: an issued invoice, and an order that was billed before it was delivered. Nor is
such an order cancelled, or made smaller than what the customer was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.billing.models import InvoiceLine
from daifuku.billing.objects.invoice import INVOICE
from daifuku.billing.unbilled import billed_ahead
from daifuku.catalog.objects.unit_price import Quantity
from daifuku.foundation.errors import Conflict, DomainError, FieldProblem
from daifuku.orders.actions import cancelling
from daifuku.orders.objects.order import ORDER
from daifuku.orders.objects.order_line import ORDER_LINE
from daifuku.staff.viewer import Viewer


def register() -> None:
    INVOICE.bound.append(issued)
    ORDER.bound.append(order)
    ORDER_LINE.bound.append(order_line)
    ORDER_LINE.checks.append(not_below_what_was_billed)
    cancelling.BOUND.append(cancelled)


def issued(record: Any) -> DomainError | None:
    """消費税法 第57条の4 第6項: whoever issues an invoice keeps its copy."""
    if record.is_draft:
        return None
    return Conflict(
        _("発行した請求書は削除できません。「訂正する」で取り消しの請求書を発行してください。"), code="issued"
    )


def order(record: Any) -> DomainError | None:
    return _billed(InvoiceLine.objects.filter(order_line__order=record))


def order_line(record: Any) -> DomainError | None:
    return _billed(InvoiceLine.objects.filter(order_line=record))


def _billed(rows: Any) -> DomainError | None:
    if not rows.exists():
        return None
    return Conflict(_("請求書を発行したため、削除できません。先に請求書を訂正してください。"), code="billed")


def cancelled(record: Any) -> DomainError | None:
    if not InvoiceLine.objects.filter(order_line__order=record, live=True).exists():
        return None
    return Conflict(_("請求書を発行したため、取り消せません。先に請求書を訂正してください。"), code="billed")


def not_below_what_was_billed(line: Any, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if line.pk is None or not changed & {"quantity", "kind"}:
        return
    billed = billed_ahead([line.pk]).get(line.pk)
    if billed is not None and line.quantity < billed:
        sentence = _(
            "すでに%(billed)sを請求しています。それより少なくするには、先に請求書を訂正してください。"
        )
        said = {"billed": Quantity().display(billed)}
        yield FieldProblem("quantity", sentence % said, code="billed")
