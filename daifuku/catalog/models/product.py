"""商品: something that the house sells, goods or work."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models.account import PRESENT, Account
from daifuku.foundation.sql import Binary
from daifuku.records.models import Record


class Product(Record):
    """`code` is unique, also among those in the trash. `price` and `cost` are per `unit`, without tax.

    `successor` is sold in its place, `higher` is the better model that a customer may be told of. `sort_key` is the
    order of the fifty sounds; it and `name_key` are kept by `objects.product.prepare`.
    """

    object_key: ClassVar[str] = "product"

    code = models.CharField(_("商品コード"), max_length=40)
    name = models.CharField(_("商品名"), max_length=200)
    kana = models.CharField(_("カナ"), max_length=200, blank=True)
    spec = models.CharField(_("規格・型番"), max_length=200, blank=True)
    unit = models.CharField(_("単位"), max_length=20, blank=True)
    # Thirteen digits and two decimals of a yen (銭), which goods sold by the thousand need; so is every price.
    price = models.DecimalField(_("標準価格"), max_digits=15, decimal_places=2, null=True, blank=True)
    cost = models.DecimalField(_("原価"), max_digits=15, decimal_places=2, null=True, blank=True)
    tax_class = models.CharField(_("税区分"), max_length=40, default="standard")
    group = models.CharField(_("商品グループ"), max_length=40, blank=True)
    supplier = models.ForeignKey(
        Account, verbose_name=_("仕入先"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="supplied_products",
    )  # fmt: skip
    supplier_code = models.CharField(_("仕入先の品番"), max_length=80, blank=True)
    lead_days = models.BigIntegerField(_("標準納期（日）"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("後継の商品"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    higher = models.ForeignKey(
        "self",
        verbose_name=_("上位の商品"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    discontinued_on = models.DateField(_("販売終了日"), null=True, blank=True)
    note = models.TextField(_("備考"), blank=True)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    sort_key = models.CharField(max_length=200, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("商品")
        constraints: ClassVar = [models.UniqueConstraint(fields=["code"], name="product_code_once")]
        indexes: ClassVar = [
            models.Index(Binary("sort_key"), "id", name="product_by_name", condition=PRESENT),
            models.Index(Binary("code"), "id", name="product_by_code", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="product_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="product_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    def is_sold(self, day: date) -> bool:
        """On the last day it still is."""
        return self.trashed_at is None and (self.discontinued_on is None or day <= self.discontinued_on)
