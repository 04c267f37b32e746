"""納品: what was brought to the customer on a day, of one order; part of it, or what was left."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models.account import PRESENT
from daifuku.documents.models import Line, Paper
from daifuku.orders.models.order import Order
from daifuku.orders.models.order_line import OrderLine
from daifuku.orders.models.shared import OfAccount
from daifuku.records.models import Record


class Delivery(OfAccount, Record, Paper):
    """Issued at once with its 納品書, and never changed: what came back is a delivery of negative quantities that names
    in `corrects` the one it takes back from. `received_on` and `received_by` say who took it."""

    object_key: ClassVar[str] = "delivery"

    order = models.ForeignKey(
        Order, verbose_name=_("受注"), on_delete=models.PROTECT, related_name="deliveries"
    )
    delivered_on = models.DateField(_("納品日"))
    place = models.TextField(_("納品先"), blank=True)
    carrier = models.CharField(_("運送会社・伝票番号"), max_length=120, blank=True)
    received_on = models.DateField(_("受領日"), null=True, blank=True)
    received_by = models.CharField(_("受領者"), max_length=80, blank=True)
    reason = models.CharField(_("返品・訂正の理由"), max_length=200, blank=True)
    corrects = models.ForeignKey(
        "self", verbose_name=_("訂正する納品"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="corrected_by",
    )  # fmt: skip
    note = models.TextField(_("備考"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("納品")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="delivery_number_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-delivered_on", "-id"], name="delivery_by_account"),
            models.Index(fields=["-delivered_on", "-id"], name="delivery_by_day", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="delivery_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="delivery_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class DeliveryLine(Line):
    """What is printed stands here; `order_line` says of which ordered thing it is a part."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="deliveries")

    class Meta(Line.Meta):
        abstract = False
