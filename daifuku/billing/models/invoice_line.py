"""What an issued invoice bills: which delivered or ordered thing, how many, for how much."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.billing.models.invoice import Invoice
from daifuku.documents.amounts import Kind
from daifuku.documents.models.line import KINDS
from daifuku.orders.models import DeliveryLine, OrderLine


class InvoiceLine(models.Model):
    """`live` until a correction took it back: a delivered line is billed by one live line at most, whoever bills it at
    the same moment. A line of a correction names what it takes back and is not live itself. Without `delivery_line` a
    line of an order was billed before it was delivered."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField()
    kind = models.CharField(_("種類"), max_length=10, choices=KINDS, default=Kind.GOODS.value)
    name = models.CharField(_("品名"), max_length=200, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=13, decimal_places=3, default=Decimal(0))
    tax_class = models.CharField(_("税区分"), max_length=10, blank=True)
    rate = models.DecimalField(_("税率"), max_digits=4, decimal_places=2, default=Decimal(0))
    amount = models.BigIntegerField(_("金額"), default=0)
    traded_on = models.DateField(_("取引日"), null=True)
    order_line = models.ForeignKey(
        OrderLine, on_delete=models.PROTECT, null=True, related_name="invoice_lines", db_index=False
    )
    delivery_line = models.ForeignKey(
        DeliveryLine, on_delete=models.PROTECT, null=True, related_name="invoice_lines", db_index=False
    )
    live = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["place", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["delivery_line"], condition=Q(live=True, delivery_line__isnull=False),
                name="delivery_line_billed_once",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(
                fields=["order_line"], name="invoice_line_by_order", condition=Q(order_line__isnull=False)
            ),
            models.Index(
                fields=["delivery_line"], name="invoice_line_by_delivery",
                condition=Q(delivery_line__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
