"""見積書: what the house offers a customer, at which price, until when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Account, Contact
from daifuku.customers.models.account import PRESENT
from daifuku.deals.models import Deal
from daifuku.documents.models import Paper
from daifuku.records.models import Record

DRAFT, ASKED, RETURNED, APPROVED = "draft", "asked", "returned", "approved"
ISSUED, ACCEPTED, DECLINED, REPLACED, VOID = "issued", "accepted", "declined", "replaced", "void"
# What may still be changed; the rest is as it was issued.
OPEN = frozenset({DRAFT, RETURNED, APPROVED})


class Quote(Record, Paper):
    """`state` follows from what happened. `first` is the first version of this offer (empty for that one itself),
    `edition` counts them; of all versions one at most is accepted.

    `lines` are values of `documents.lines`, `costs` what their units cost, by the id of the line; `cost`, `margin`,
    `margin_rate` and `discount_rate` follow. `keeper` is in charge of the customer.
    """

    object_key: ClassVar[str] = "quote"
    # The deal that it named before it was saved with another one.
    left_deal: int | None = None
    kept_by: ClassVar[tuple[str, ...]] = ("owner", "keeper")
    follows: ClassVar[tuple[tuple[str, str], ...]] = (("account", "account"),)

    account = models.ForeignKey(
        Account, verbose_name=_("取引先"), on_delete=models.PROTECT, related_name="quotes", db_index=False
    )
    contact = models.ForeignKey(
        Contact, verbose_name=_("先方の担当者"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="quotes",
    )  # fmt: skip
    deal = models.ForeignKey(
        Deal, verbose_name=_("商談"), on_delete=models.PROTECT, null=True, blank=True, related_name="quotes",
        db_index=False,
    )  # fmt: skip
    state = models.CharField(_("状態"), max_length=10, default=DRAFT)
    first = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="later", db_index=False
    )
    edition = models.PositiveSmallIntegerField(_("版"), default=1)
    day = models.DateField(_("見積日"))
    valid_until = models.DateField(_("有効期限"), null=True, blank=True)
    delivery = models.CharField(_("納期"), max_length=100, blank=True)
    place = models.CharField(_("納入場所"), max_length=200, blank=True)
    payment = models.CharField(_("支払条件"), max_length=200, blank=True)
    note = models.TextField(_("備考"), blank=True)
    memo = models.TextField(_("社内メモ"), blank=True)
    lines = models.JSONField(_("明細"), default=list, blank=True)
    costs = models.JSONField(_("明細の原価"), default=dict, blank=True)
    cost = models.BigIntegerField(_("原価の合計"), null=True, blank=True)
    margin = models.BigIntegerField(_("粗利"), null=True, blank=True)
    margin_rate = models.DecimalField(_("粗利率"), max_digits=7, decimal_places=1, null=True, blank=True)
    discount_rate = models.DecimalField(_("値引率"), max_digits=5, decimal_places=1, default=0)
    answered_on = models.DateField(_("回答日"), null=True, blank=True)
    answer_note = models.TextField(_("お客様の回答"), blank=True)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta(Record.Meta):
        verbose_name = _("見積")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="quote_number_once"),
            models.UniqueConstraint(fields=["first", "edition"], name="quote_edition_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-day", "-id"], name="quote_by_account"),
            models.Index(
                fields=["deal", "-day", "-id"],
                name="quote_by_deal",
                condition=Q(deal__isnull=False),
            ),
            models.Index(fields=["state", "-day", "-id"], name="quote_by_state", condition=PRESENT),
            models.Index(fields=["owner", "-day", "-id"], name="quote_by_owner", condition=PRESENT),
            models.Index(fields=["-day", "-id"], name="quote_by_day", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="quote_by_change", condition=PRESENT),
            models.Index(
                fields=["valid_until", "id"], name="quote_by_validity", condition=PRESENT & Q(state=ISSUED)
            ),
            models.Index(fields=["trashed_at"], name="quote_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}" if self.number else self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def root_id(self) -> int:
        """The key that all versions share."""
        return self.first_id or self.pk

    def is_over(self, today: date) -> bool:
        """Too late to accept; on the last day it is not."""
        return self.valid_until is not None and today > self.valid_until
