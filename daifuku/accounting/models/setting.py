"""How this firm's books are kept: the names of its accounts, its accounting package, until when they are closed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountingSetting(models.Model):
    """One row. The names are those in the accounting package, which knows accounts by name. `closed_until` is the last
    day of the last closed period; nothing is issued or received on it or before it any more."""

    package = models.CharField(_("会計ソフト"), max_length=20, default="yayoi")
    receivable = models.CharField(_("売掛金の科目"), max_length=24, default="売掛金")
    sales = models.CharField(_("売上の科目"), max_length=24, default="売上高")
    bank = models.CharField(_("入金先の科目"), max_length=24, default="普通預金")
    offset = models.CharField(_("相殺の科目"), max_length=24, default="買掛金")
    fee = models.CharField(_("振込手数料の科目"), max_length=24, default="支払手数料")
    cash = models.CharField(_("現金の科目"), max_length=24, default="現金")
    bill = models.CharField(_("手形・電子記録債権の科目"), max_length=24, default="受取手形")
    by_partner = models.BooleanField(_("補助科目に取引先名を入れる"), default=True)
    closed_until = models.DateField(_("締めた期間の最終日"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    FIELDS: ClassVar[tuple[str, ...]] = (
        "package",
        "receivable",
        "sales",
        "bank",
        "cash",
        "bill",
        "offset",
        "fee",
        "by_partner",
    )

    def __str__(self) -> str:
        return str(self.pk)


def accounting_setting() -> AccountingSetting:
    """As it stands now."""
    return AccountingSetting.objects.first() or AccountingSetting()
