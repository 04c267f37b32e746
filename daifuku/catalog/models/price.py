"""価格: what a product costs for a customer, for those of a rank or for everybody, from so many on, in which time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.catalog.models.product import Product
from daifuku.customers.models.account import PRESENT, Account
from daifuku.records.models import Record


class Price(Record):
    """One line of a price list. `amount` is the price itself; in its place `rate` may stand, per cent of the standard
    price.

    With neither `account` nor `rank` it holds for everybody. `begins_on` and `ends_on` are both included, an empty one
    has no end. `keeper` is in charge of the customer; `team` and `privacy` are his, kept so by `openness`.
    """

    object_key: ClassVar[str] = "price"
    kept_by: ClassVar[tuple[str, ...]] = ("owner", "keeper")
    follows: ClassVar[tuple[tuple[str, str], ...]] = (("account", "account"),)

    name = models.CharField(max_length=200, blank=True)
    product = models.ForeignKey(
        Product, verbose_name=_("商品"), on_delete=models.PROTECT, related_name="prices", db_index=False
    )
    account = models.ForeignKey(
        Account, verbose_name=_("取引先"), on_delete=models.PROTECT, null=True, blank=True, related_name="prices",
        db_index=False,
    )  # fmt: skip
    rank = models.CharField(_("ランク"), max_length=40, blank=True)
    quantity = models.DecimalField(_("数量（以上）"), max_digits=13, decimal_places=3, default=0)
    amount = models.DecimalField(_("単価"), max_digits=15, decimal_places=2, null=True, blank=True)
    rate = models.DecimalField(_("掛率"), max_digits=6, decimal_places=2, null=True, blank=True)
    begins_on = models.DateField(_("適用開始日"), null=True, blank=True)
    ends_on = models.DateField(_("適用終了日"), null=True, blank=True)
    note = models.TextField(_("備考"), blank=True)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta(Record.Meta):
        verbose_name = _("価格")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__isnull=False, rate__isnull=True)
                | Q(amount__isnull=True, rate__isnull=False),
                name="price_amount_or_rate",
            ),
            models.CheckConstraint(condition=Q(account__isnull=True) | Q(rank=""), name="price_for_one_kind"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["product", "account", "id"], name="price_by_product", condition=PRESENT),
            models.Index(
                fields=["account", "product", "id"],
                name="price_by_account",
                condition=Q(account__isnull=False),
            ),
            models.Index(fields=["-updated_at", "-id"], name="price_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="price_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name
