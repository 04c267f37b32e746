"""What the bank says came in: files of an account's movements, their lines, and whose name means which customer."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.billing.models.payment import Payment
from daifuku.customers.models.account import Account


class BankFile(models.Model):
    """One file that somebody gave in; `known` lines of it were there before and are not kept again."""

    name = models.CharField(_("ファイル名"), max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    bank = models.CharField(_("口座"), max_length=120, blank=True)
    read_at = models.DateTimeField(_("取り込んだ日時"))
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lines_new = models.PositiveIntegerField(default=0)
    lines_known = models.PositiveIntegerField(default=0)
    lines_other = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class BankLine(models.Model):
    """Money that came in. `mark` is the same for the same movement in whatever file it comes, so nothing is booked
    twice. `waiting` until it is booked as a payment, or put aside as no customer's money."""

    STATES: ClassVar = [("waiting", _("確認待ち")), ("booked", _("入金済み")), ("aside", _("対象外"))]

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="lines")
    mark = models.CharField(max_length=64, unique=True)
    day = models.DateField(_("入金日"))
    amount = models.BigIntegerField(_("金額"))
    payer = models.CharField(_("振込名義"), max_length=200, blank=True)
    payer_key = models.CharField(max_length=200, blank=True)
    bank = models.CharField(_("銀行"), max_length=120, blank=True)
    remark = models.CharField(_("摘要"), max_length=200, blank=True)
    taken_back = models.BooleanField(_("組戻し"), default=False)
    state = models.CharField(_("状況"), max_length=10, choices=STATES, default="waiting")
    payment = models.OneToOneField(
        Payment, on_delete=models.SET_NULL, null=True, blank=True, related_name="bank_line"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "day", "id"], name="bank_line_waiting")]

    def __str__(self) -> str:
        return f"{self.day:%Y/%m/%d} {self.payer} {self.amount:,}"


class PayerName(models.Model):
    """Whoever pays under this name is that customer: remembered when somebody confirmed it."""

    key = models.CharField(max_length=200, unique=True)
    payer = models.CharField(_("振込名義"), max_length=200)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="payer_names")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.payer


class BankColumns(models.Model):
    """Which columns a bank's CSV has: somebody said it once for files with these headings."""

    signature = models.CharField(max_length=500, unique=True)
    columns = models.JSONField(default=dict)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.signature
