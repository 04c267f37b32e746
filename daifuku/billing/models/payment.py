"""入金: money that came from a customer, and 消込: which invoices it was set off against."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models.account import PRESENT
from daifuku.orders.models.shared import OfAccount
from daifuku.records.models import Record


class Payment(OfAccount, Record):
    """`amount` came in; `fee` is what the bank took off on the way and we bear (振込手数料), so that it counts as paid.

    `used` is set off against invoices, `left` stays with the customer as an advance 前受; both and `state` follow from
    the set-offs (`billing.settled`). A payment that was taken back (組戻し, 不渡り) bears `cancelled_on`: until that
    day it counted. `matures_on` is the day on which a bill 手形 or 電子記録債権 becomes money.
    """

    object_key: ClassVar[str] = "payment"

    number = models.CharField(_("入金番号"), max_length=40, blank=True)
    paid_on = models.DateField(_("入金日"))
    method = models.CharField(_("入金の方法"), max_length=40, default="transfer", blank=True)
    amount = models.BigIntegerField(_("入金額"))
    fee = models.BigIntegerField(_("振込手数料（当社負担）"), default=0)
    matures_on = models.DateField(_("手形・電子記録債権の期日"), null=True, blank=True)
    payer = models.CharField(_("振込名義"), max_length=200, blank=True)
    note = models.TextField(_("備考"), blank=True)
    used = models.BigIntegerField(_("消込済みの金額"), default=0)
    left = models.BigIntegerField(_("前受（未消込）"), default=0)
    state = models.CharField(_("消込の状況"), max_length=40, default="unset", blank=True)
    cancelled_on = models.DateField(_("取消日"), null=True, blank=True)
    cancel_reason = models.CharField(_("取り消しの理由"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("入金")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="payment_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0) & Q(fee__gte=0), name="payment_of_something"),
            models.CheckConstraint(condition=Q(left__gte=0) & Q(used__gte=0), name="payment_set_off_at_most"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-paid_on", "-id"], name="payment_by_account"),
            models.Index(fields=["-paid_on", "-id"], name="payment_by_day", condition=PRESENT),
            models.Index(fields=["account", "id"], name="payment_left", condition=PRESENT & Q(left__gt=0)),
            models.Index(fields=["-updated_at", "-id"], name="payment_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="payment_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.payer}".strip()

    @property
    def worth(self) -> int:
        """What it pays of invoices."""
        return self.amount + self.fee

    @property
    def counts(self) -> bool:
        return self.trashed_at is None and self.cancelled_on is None


class SetOff(models.Model):
    """So much of this payment pays that invoice. Not `counts`: the payment lies in the trash, or was taken back."""

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="set_offs")
    invoice = models.ForeignKey("billing.Invoice", on_delete=models.PROTECT, related_name="set_offs")
    amount = models.BigIntegerField(_("消込額"))
    set_on = models.DateField(_("消込日"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment", "invoice"], name="set_off_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="set_off_of_something"),
        ]
