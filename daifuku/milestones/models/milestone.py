"""節目: a named day of a long deal or order by which somebody has to have done something, and others prepare for it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Account
from daifuku.customers.models.account import PRESENT
from daifuku.deals.models import Deal
from daifuku.orders.models import Order
from daifuku.records.models import HasMembers, Record

NOTHING, BEFORE, LATE = "", "before", "late"


class Milestone(Record, HasMembers):
    """Of a deal or an order; `account` is theirs. `owner` has to see to it; `roles` are those whose people should know
    of it, `members` single people.

    `anchor` and `days` say from which day it was reckoned, so that it moves along with that day until somebody types a
    day himself. `told` says which reminder went out.
    """

    object_key: ClassVar[str] = "milestone"
    kept_by: ClassVar[tuple[str, ...]] = ("owner", "keeper")
    follows: ClassVar[tuple[tuple[str, str], ...]] = (("account", "account"),)

    name = models.CharField(_("節目"), max_length=120)
    deal = models.ForeignKey(
        Deal,
        verbose_name=_("商談"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
    )
    order = models.ForeignKey(
        Order,
        verbose_name=_("受注"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
    )
    account = models.ForeignKey(
        Account, verbose_name=_("取引先"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="milestones", db_index=False,
    )  # fmt: skip
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    due_on = models.DateField(_("期日"))
    done_on = models.DateField(_("済んだ日"), null=True, blank=True)
    before = models.BigIntegerField(_("何日前に知らせるか"), default=7)
    roles = models.JSONField(_("知らせる役割"), default=list, blank=True)
    note = models.TextField(_("メモ"), blank=True)
    anchor = models.CharField(max_length=12, blank=True, editable=False)
    days = models.IntegerField(default=0, editable=False)
    told = models.CharField(max_length=8, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("節目")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(deal__isnull=False) | Q(order__isnull=False), name="milestone_of_something"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on", "id"], name="milestone_ahead", condition=PRESENT & Q(done_on__isnull=True)
            ),
            models.Index(
                fields=["account", "due_on", "id"],
                name="milestone_by_account",
                condition=Q(account__isnull=False),
            ),
            models.Index(fields=["owner", "due_on", "id"], name="milestone_by_owner", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="milestone_by_change", condition=PRESENT),
            models.Index(
                fields=["trashed_at"], name="milestone_trash", condition=Q(trashed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def of(self) -> Deal | Order | None:
        """What it is a part of: the order, where there is one."""
        return self.order or self.deal

    def is_late(self, today: date) -> bool:
        return self.done_on is None and self.due_on < today
