"""What may not go into the trash: an issued invoice, and an order that was billed before it was delivered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.billing.models import InvoiceLine
from daifuku.billing.objects.invoice import INVOICE
from daifuku.foundation.errors import Conflict, DomainError
from daifuku.orders.objects.order import ORDER
from daifuku.orders.objects.order_line import ORDER_LINE


def register() -> None:
    INVOICE.bound.append(issued)
    ORDER.bound.append(order)
    ORDER_LINE.bound.append(order_line)


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
