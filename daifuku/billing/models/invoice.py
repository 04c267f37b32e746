"""請求: what a customer is asked to pay. A draft may be changed; what was issued never changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.billing.models.closing_run import ClosingRun
from daifuku.customers.models import Contact
from daifuku.customers.models.account import PRESENT
from daifuku.documents.models import Paper
from daifuku.orders.models.shared import OfAccount
from daifuku.records.models import Record

DRAFT, ISSUED = "draft", "issued"
SINGLE, CLOSING, CORRECTION = "single", "closing", "correction"
SENT = Q(state=ISSUED)


class Invoice(OfAccount, Record, Paper):
    """`lines` are values of `documents.lines`, each with its day `on` and the paper it comes from; `links` says, by the
    id of a line, which delivered line it bills while this is a draft. Issued, `InvoiceLine` rows say so.

    What is owed of a customer is the sum of `total` over issued invoices, corrections (negative, `corrects` names the
    old one) among them. `previous`, `received` and `carried` are printed on a closing invoice and are counted nowhere.
    `paid`, `open`, `settled` follow from payments (`billing.settled`). `reversed_on` is the day on which a correction
    took the whole of it back.
    """

    object_key: ClassVar[str] = "invoice"

    kind = models.CharField(_("種類"), max_length=40, default=SINGLE, blank=True)
    state = models.CharField(_("状態"), max_length=40, default=DRAFT, blank=True)
    contact = models.ForeignKey(
        Contact, verbose_name=_("先方の担当者"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="invoices",
    )  # fmt: skip
    traded_on = models.DateField(_("取引日"), null=True, blank=True)
    period_from = models.DateField(_("対象期間の初日"), null=True, blank=True)
    closes_on = models.DateField(_("締め日"), null=True, blank=True)
    due_on = models.DateField(_("支払期日"), null=True, blank=True)
    payment = models.CharField(_("支払条件"), max_length=200, blank=True)
    note = models.TextField(_("備考"), blank=True)
    memo = models.TextField(_("社内メモ"), blank=True)
    lines = models.JSONField(_("明細"), default=list, blank=True)
    links = models.JSONField(default=dict, blank=True)
    previous = models.BigIntegerField(_("前回請求額"), default=0)
    received = models.BigIntegerField(_("入金額"), default=0)
    carried = models.BigIntegerField(_("繰越金額"), default=0)
    corrects = models.ForeignKey(
        "self", verbose_name=_("訂正する請求"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="corrected_by",
    )  # fmt: skip
    reason = models.CharField(_("訂正の理由"), max_length=200, blank=True)
    reversed_on = models.DateField(_("取消日"), null=True, blank=True)
    sent_on = models.DateField(_("送付日"), null=True, blank=True)
    paid = models.BigIntegerField(_("入金済みの金額"), default=0)
    open = models.BigIntegerField(_("入金待ちの残り"), default=0)
    settled = models.CharField(_("入金の状況"), max_length=40, default="", blank=True)
    settled_on = models.DateField(_("入金が済んだ日"), null=True, blank=True)
    closing_run = models.ForeignKey(
        ClosingRun, on_delete=models.PROTECT, null=True, blank=True, related_name="invoices", db_index=False
    )

    class Meta(Record.Meta):
        verbose_name = _("請求")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="invoice_number_once"),
            models.UniqueConstraint(
                fields=["closing_run", "account"], condition=Q(closing_run__isnull=False),
                name="invoice_once_in_a_run",
            ),
            models.CheckConstraint(
                condition=Q(state=DRAFT, number="") | Q(state=ISSUED, issued_on__isnull=False) & ~Q(number=""),
                name="invoice_issued_has_number",
            ),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(fields=["account", "-issued_on", "-id"], name="invoice_by_account"),
            models.Index(fields=["account", "due_on", "id"], name="invoice_owed", condition=SENT),
            models.Index(fields=["due_on", "id"], name="invoice_by_due", condition=SENT),
            models.Index(
                fields=["due_on", "account", "id"], name="invoice_waiting", condition=SENT & Q(open__gt=0)
            ),
            models.Index(fields=["owner", "-issued_on", "-id"], name="invoice_by_owner", condition=PRESENT),
            models.Index(fields=["-issued_on", "-id"], name="invoice_by_day", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="invoice_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="invoice_trash", condition=Q(trashed_at__isnull=False)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_draft(self) -> bool:
        return self.state == DRAFT

    @property
    def asked(self) -> int:
        """What stands at the foot of the paper: the new amount and what was carried over."""
        return self.total + self.carried
