"""与信限度額: how much a customer may owe us."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models.account import Account


class CreditLimit(models.Model):
    """In whole yen; 0 means that he pays before we deliver. Without a row nobody has set a limit."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="credit")
    amount = models.BigIntegerField(_("与信限度額"))
    note = models.CharField(_("メモ"), max_length=200, blank=True)
    set_on = models.DateField(_("設定日"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="credit_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.amount:,}"
