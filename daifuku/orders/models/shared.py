"""What orders, deliveries and purchases have in common: whose they are, and how open."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models.account import Account


class OfAccount(models.Model):
    """`keeper` is in charge of the account; `team` and `privacy` are the account's (`catalog.openness`)."""

    kept_by: ClassVar[tuple[str, ...]] = ("owner", "keeper")
    follows: ClassVar[tuple[tuple[str, str], ...]] = (("account", "account"),)

    account = models.ForeignKey(
        Account, verbose_name=_("取引先"), on_delete=models.PROTECT, related_name="%(class)ss", db_index=False
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True
