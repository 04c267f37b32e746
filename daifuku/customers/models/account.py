"""取引先: a firm, or a part of one, that the house sells to or means to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models.place import Place
from daifuku.foundation.sql import Binary
from daifuku.records.models import HasMembers, Record

PRESENT = Q(trashed_at__isnull=True)


class Account(Record, HasMembers, Place):
    """`level` says what part of a firm it is, `parent` the part above it, to any depth.

    `name_key` (folded, without 株式会社) finds and compares, `sort_key` is the order of the fifty sounds; both are kept
    by `objects.account.prepare`.
    """

    object_key: ClassVar[str] = "account"

    name = models.CharField(_("会社名"), max_length=200)
    kana = models.CharField(_("カナ"), max_length=200, blank=True)
    code = models.CharField(_("得意先コード"), max_length=40, blank=True)
    level = models.CharField(_("区分"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上位組織"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        db_index=False,
    )
    status = models.CharField(_("取引状態"), max_length=40, blank=True)
    rank = models.CharField(_("ランク"), max_length=40, blank=True)
    corporate_number = models.CharField(_("法人番号"), max_length=13, blank=True)
    invoice_number = models.CharField(_("インボイス登録番号"), max_length=14, blank=True)
    website = models.CharField(_("Webサイト"), max_length=500, blank=True)
    email = models.CharField(_("メール"), max_length=254, blank=True)
    representative = models.CharField(_("代表者"), max_length=80, blank=True)
    industry = models.CharField(_("業種"), max_length=40, blank=True)
    business_type = models.CharField(_("業態"), max_length=40, blank=True)
    annual_sales = models.BigIntegerField(_("売上高・年商"), null=True, blank=True)
    employees = models.BigIntegerField(_("従業員数"), null=True, blank=True)
    products = models.TextField(_("取扱商品"), blank=True)
    strengths = models.TextField(_("得意分野"), blank=True)
    trade_area = models.CharField(_("商圏"), max_length=200, blank=True)
    closing_day = models.CharField(_("締め日"), max_length=40, blank=True)
    payment_terms = models.CharField(_("支払条件"), max_length=200, blank=True)
    traded_since = models.DateField(_("取引開始日"), null=True, blank=True)
    note = models.TextField(_("備考"), blank=True)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    sort_key = models.CharField(max_length=200, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("取引先")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="account_not_its_own_parent")
        ]
        indexes: ClassVar = [
            models.Index(Binary("sort_key"), "id", name="account_by_name", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="account_by_change", condition=PRESENT),
            models.Index("owner", Binary("sort_key"), "id", name="account_by_owner", condition=PRESENT),
            # Most have no parent: with those in it the index would look useless to the planner.
            models.Index(
                "parent",
                Binary("sort_key"),
                "id",
                name="account_by_parent",
                condition=Q(parent__isnull=False),
            ),
            models.Index(fields=["code"], name="account_by_code", condition=~Q(code="")),
            models.Index(fields=["trashed_at"], name="account_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name
