"""With whom: the customer's firm, somebody there, or somebody who is not a customer yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Account, Contact, Lead
from daifuku.deals.models import Deal

KEPT_BY = ("owner", "keeper")
# Members of the customer see what happened with it.
FOLLOWS = (("account", "account"), ("lead", "lead"))
WITH_SOMEBODY = Q(account__isnull=False) | Q(lead__isnull=False)


class WithSubject(models.Model):
    """`account` is filled wherever a customer is known, so that all that happened with one is a single index walk.

    `keeper` is in charge of the customer: he sees what others talked about with it, also while it is private.
    """

    account = models.ForeignKey(
        Account, verbose_name=_("取引先"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="%(class)ss", db_index=False,
    )  # fmt: skip
    contact = models.ForeignKey(
        Contact, verbose_name=_("担当者"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="%(class)ss", db_index=False,
    )  # fmt: skip
    lead = models.ForeignKey(
        Lead, verbose_name=_("見込み客"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="%(class)ss", db_index=False,
    )  # fmt: skip
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True


class OfDeal(models.Model):
    """What it is about: the deal that it brings on. Who may see it, the customer says, not the deal."""

    deal = models.ForeignKey(
        Deal, verbose_name=_("商談"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="%(class)ss", db_index=False,
    )  # fmt: skip

    class Meta:
        abstract = True
