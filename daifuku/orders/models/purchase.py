"""発注: what is ordered from a supplier, mostly for lines of orders; and what arrived of it."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.catalog.models import Product
from daifuku.customers.models.account import PRESENT
from daifuku.documents.models import Line, Paper
from daifuku.orders.models.order_line import COUNT, OrderLine
from daifuku.orders.models.shared import OfAccount
from daifuku.records.models import Record


class Purchase(OfAccount, Record, Paper):
    """`account` is the supplier. Issued with its 発注書 (`number`, `issued_on`) and not changed afterwards, but for the
    day that the supplier promised; what is wrong is cancelled and bought anew. `state` follows from what arrived."""

    object_key: ClassVar[str] = "purchase"

    wanted_on = models.DateField(_("希望納期"), null=True, blank=True)
    promised_on = models.DateField(_("回答納期"), null=True, blank=True)
    arrived_on = models.DateField(_("入荷日"), null=True, blank=True)
    place = models.TextField(_("納品先"), blank=True)
    payment_terms = models.CharField(_("支払条件"), max_length=200, blank=True)
    note = models.TextField(_("備考"), blank=True)
    state = models.CharField(_("状況"), max_length=40, default="open", blank=True)
    cancelled_on = models.DateField(_("取消日"), null=True, blank=True)
    cancel_reason = models.CharField(_("取り消しの理由"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("発注")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="purchase_number_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-issued_on", "-id"], name="purchase_by_account"),
            models.Index(
                fields=["promised_on", "id"], name="purchase_waiting",
                condition=PRESENT & Q(state__in=["open", "partly"]),
            ),
            models.Index(fields=["-issued_on", "-id"], name="purchase_by_day", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="purchase_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="purchase_trash", condition=Q(trashed_at__isnull=False)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class PurchaseLine(Line):
    """`unit_price` is what the supplier takes. `order_line` says for whom; without one it is for the house."""

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, null=True, related_name="purchases")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="purchase_lines")
    arrived = models.DecimalField(_("入荷済みの数量"), **COUNT)

    class Meta(Line.Meta):
        abstract = False

    @property
    def left(self) -> Decimal:
        return max(self.quantity - self.arrived, Decimal(0))


class Arrival(models.Model):
    """So much of a line arrived on a day; a mistake is a row of the opposite sign."""

    line = models.ForeignKey(PurchaseLine, on_delete=models.PROTECT, related_name="arrivals")
    quantity = models.DecimalField(max_digits=13, decimal_places=3)
    arrived_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.arrived_on} {self.quantity}"
