"""締め請求: one run over all customers who close on a day, with what became of each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers.models.account import Account
from daifuku.foundation.reversing import url_of
from daifuku.foundation.uuid7 import uuid7


class ClosingRun(models.Model):
    """`closes_on` is the closing day, `issued_on` the day that the invoices bear. `accounts` are the keys of those who
    were chosen; the job goes through them in their order and begins where it stood. The counts follow."""

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("closing", "処理中")
        DONE = "done", pgettext_lazy("closing", "完了")
        STOPPED = "stopped", pgettext_lazy("closing", "中止")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    closes_on = models.DateField(_("締め日"))
    issued_on = models.DateField(_("発行日"))
    with_balance = models.BooleanField(_("新しいご請求がなくても、残高のある取引先に発行する"), default=False)
    accounts = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    job = models.UUIDField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    issued = models.PositiveIntegerField(default=0)
    passed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    total = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["-closes_on", "-id"], name="closing_run_by_day")]

    def __str__(self) -> str:
        return f"{self.closes_on:%Y/%m/%d}"

    def get_absolute_url(self) -> str:
        return url_of("billing:closing_run", self.uid)


class ClosingResult(models.Model):
    """What became of one customer: an invoice, nothing to bill, or the sentence of what was in the way."""

    ISSUED, NOTHING, FAILED = "issued", "nothing", "failed"

    run = models.ForeignKey(ClosingRun, on_delete=models.CASCADE, related_name="results")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10)
    invoice: Any = models.ForeignKey(
        "billing.Invoice", on_delete=models.PROTECT, null=True, related_name="closing_results", db_index=False
    )
    sentence = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "account"], name="closing_result_once")
        ]

    def __str__(self) -> str:
        return self.outcome
