"""受注明細: one thing of an order, how many, at what price, when and where it is due."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from daifuku.catalog.models import Product
from daifuku.customers.models.account import PRESENT
from daifuku.documents.models import Line
from daifuku.orders.models.order import Order
from daifuku.orders.models.shared import OfAccount
from daifuku.records.models import Record

COUNT: dict[str, Any] = {"max_digits": 13, "decimal_places": 3, "default": Decimal(0)}
LIVE = PRESENT & Q(counts=True)


class OrderLine(OfAccount, Record, Line):
    """`account`, `ordered_on`, who keeps it and how open it is are the order's, kept here so that the order ledger is
    one index walk. `counts` is false for headings and notes, and once the order is cancelled.

    `delivered`, `purchased` and `arrived` are sums of what happened with it, kept by the verbs that make it happen.
    """

    object_key: ClassVar[str] = "order_line"

    order = models.ForeignKey(Order, verbose_name=_("受注"), on_delete=models.PROTECT, related_name="lines")
    product = models.ForeignKey(
        Product, verbose_name=_("商品"), on_delete=models.PROTECT, null=True, blank=True, related_name="order_lines",
        db_index=False,
    )  # fmt: skip
    # None until the price list has been asked.
    unit_price: models.DecimalField[str | float | Decimal | Combinable | None, Decimal] = models.DecimalField(
        _("単価"), max_digits=15, decimal_places=2, default=None, blank=True
    )
    quantity = models.DecimalField(_("数量"), max_digits=13, decimal_places=3, default=Decimal(1))
    ordered_on = models.DateField(_("受注日"))
    due_on = models.DateField(_("納期"), null=True, blank=True)
    deliver_to = models.CharField(_("納品先"), max_length=200, blank=True)
    note = models.CharField(_("明細の備考"), max_length=200, blank=True)
    counts = models.BooleanField(default=True)
    delivered = models.DecimalField(_("納品済みの数量"), **COUNT)
    purchased = models.DecimalField(_("発注済みの数量"), **COUNT)
    arrived = models.DecimalField(_("入荷済みの数量"), **COUNT)

    class Meta(Record.Meta):
        verbose_name = _("受注明細")
        ordering: ClassVar = ["place", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity__gte=0), name="order_line_quantity"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["account", "product", "ordered_on", "id"],
                name="order_line_by_account",
            ),
            models.Index(
                fields=["product", "ordered_on", "id"], name="order_line_by_product", condition=LIVE
            ),
            models.Index(fields=["-ordered_on", "-id"], name="order_line_by_day", condition=PRESENT),
            models.Index(
                fields=["trashed_at"], name="order_line_trash", condition=Q(trashed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def left(self) -> Decimal:
        """What is still to be delivered."""
        return max(self.quantity - self.delivered, Decimal(0)) if self.counts else Decimal(0)

    @property
    def to_buy(self) -> Decimal:
        """What nobody has ordered from a supplier yet."""
        return max(self.quantity - self.purchased, Decimal(0)) if self.counts else Decimal(0)
