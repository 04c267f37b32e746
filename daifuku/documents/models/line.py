"""A line of a paper, the same for quotes, orders, deliveries and invoices."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.documents.amounts import Kind
from daifuku.documents.tax import CLASSES
from daifuku.foundation.uuid7 import uuid7

KINDS = (
    (Kind.GOODS.value, pgettext_lazy("line", "商品")),
    (Kind.DISCOUNT.value, pgettext_lazy("line", "値引き")),
    (Kind.HEADING.value, pgettext_lazy("line", "見出し")),
    (Kind.SUBTOTAL.value, pgettext_lazy("line", "小計")),
    (Kind.NOTE.value, pgettext_lazy("line", "摘要")),
)


class Line(models.Model):
    """All that is printed stands here, so a product that is changed or deleted later changes nothing. `amount` is whole
    yen as entered (with or without tax, as the paper says); `cost` is per unit and asks for the right to see it."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    place = models.PositiveIntegerField()
    kind = models.CharField(_("種類"), max_length=10, choices=KINDS, default=Kind.GOODS.value)
    code = models.CharField(_("商品コード"), max_length=60, blank=True)
    name = models.CharField(_("品名"), max_length=200, blank=True)
    spec = models.CharField(_("仕様"), max_length=500, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=13, decimal_places=3, default=Decimal(0))
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    unit_price = models.DecimalField(_("単価"), max_digits=15, decimal_places=2, default=Decimal(0))
    discount = models.DecimalField(_("値引率"), max_digits=5, decimal_places=2, default=Decimal(0))
    cost = models.DecimalField(_("原価"), max_digits=15, decimal_places=2, null=True, blank=True)
    tax_class = models.CharField(
        _("税区分"),
        max_length=10,
        choices=[(key, each.label) for key, each in CLASSES.items()],
        blank=True,
    )
    rate = models.DecimalField(_("税率"), max_digits=4, decimal_places=2, default=Decimal(0))
    amount = models.BigIntegerField(_("金額"), default=0)

    class Meta:
        abstract = True
        ordering: ClassVar = ["place", "id"]

    def __str__(self) -> str:
        return self.name
