"""商談: something that a customer may buy, from the enquiry until the money is in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Account, Contact, Lead
from daifuku.customers.models.account import PRESENT
from daifuku.records.models import HasMembers, Record

OPEN, WON, DONE, LOST = "open", "won", "done", "lost"
# Somebody still has to do something: until the order, and then until the money is in.
RUNNING = (OPEN, WON)
WATCHED = ("process", "stage", "state")


class Deal(Record, HasMembers):
    """`process`, `stage` are keys of `processes`; `state` follows from the stage, `expected` from both numbers.

    `next_on` is what somebody typed, `ahead_on` the first open plan or task; `step_on` is the earlier of them.
    `stage_since` is when it came into its stage. `alone` says why somebody should look at it, since when.
    `own_team` and `own_privacy` are what the deal says itself, `team` and `privacy` what follows from that and from how
    closed its customer is; `keeper` is in charge of the customer where the deal is as closed as he (`openness`).
    """

    object_key: ClassVar[str] = "deal"
    kept_by: ClassVar[tuple[str, ...]] = ("owner", "keeper")
    # What stood in the database in those columns whose change has rules; empty for a new one.
    was: Mapping[str, Any] = MappingProxyType({})
    # Members of the customer see its deals.
    follows: ClassVar[tuple[tuple[str, str], ...]] = (("account", "account"), ("lead", "lead"))

    name = models.CharField(_("商談名"), max_length=200)
    account = models.ForeignKey(
        Account, verbose_name=_("取引先"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="deals", db_index=False,
    )  # fmt: skip
    contact = models.ForeignKey(
        Contact, verbose_name=_("先方の担当者"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="deals", db_index=False,
    )  # fmt: skip
    lead = models.ForeignKey(
        Lead, verbose_name=_("元の見込み客"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="deals", db_index=False,
    )  # fmt: skip
    process = models.CharField(_("営業プロセス"), max_length=40)
    stage = models.CharField(_("段階"), max_length=40)
    state = models.CharField(_("状態"), max_length=10, default=OPEN)
    stage_since = models.DateTimeField(_("この段階になった日時"), default=timezone.now)
    stage_note = models.CharField(_("お客様の反応・理由"), max_length=500, blank=True)
    amount = models.BigIntegerField(_("金額"), null=True, blank=True)
    probability = models.BigIntegerField(_("受注確度（%）"), null=True, blank=True)
    expected = models.BigIntegerField(_("見込み金額"), null=True, blank=True)
    forecast = models.CharField(_("ヨミ"), max_length=40, blank=True)
    close_on = models.DateField(_("受注予定日"), null=True, blank=True)
    closed_on = models.DateField(_("結果が出た日"), null=True, blank=True)
    product = models.CharField(_("商品"), max_length=200, blank=True)
    source = models.CharField(_("きっかけ"), max_length=40, blank=True)
    next_step = models.CharField(_("次にすること"), max_length=200, blank=True)
    next_on = models.DateField(_("次にする日"), null=True, blank=True)
    ahead_on = models.DateField(null=True, editable=False)
    step_on = models.DateField(_("次の予定"), null=True, editable=False)
    lost_reason = models.CharField(_("失注理由"), max_length=40, blank=True)
    competitor = models.CharField(_("決まった他社"), max_length=100, blank=True)
    lost_note = models.TextField(_("失注の詳細"), blank=True)
    ask_again_on = models.DateField(_("いつまた声をかけるか"), null=True, blank=True)
    note = models.TextField(_("備考"), blank=True)
    own_team = models.ForeignKey(
        "staff.Team", on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    own_privacy = models.CharField(max_length=8, blank=True, editable=False)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )  # fmt: skip
    alone = models.CharField(_("放置"), max_length=20, blank=True)
    alone_since = models.DateField(_("放置になった日"), null=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("商談")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(lead__isnull=False), name="deal_with_somebody"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["stage", "-updated_at", "-id"], name="deal_by_stage", condition=PRESENT),
            models.Index(
                fields=["owner", "state", "-updated_at", "-id"], name="deal_by_owner", condition=PRESENT
            ),
            models.Index(fields=["team", "state", "-updated_at", "-id"], name="deal_by_team", condition=PRESENT),
            models.Index(
                fields=["keeper", "-updated_at", "-id"], name="deal_by_keeper", condition=Q(keeper__isnull=False)
            ),
            models.Index(
                fields=["account", "-updated_at", "-id"],
                name="deal_by_account",
                condition=Q(account__isnull=False),
            ),
            models.Index(
                fields=["contact", "-updated_at", "-id"],
                name="deal_by_contact",
                condition=Q(contact__isnull=False),
            ),
            models.Index(
                fields=["lead", "-updated_at", "-id"],
                name="deal_by_lead",
                condition=Q(lead__isnull=False),
            ),
            models.Index(fields=["-updated_at", "-id"], name="deal_by_change", condition=PRESENT),
            models.Index(fields=["close_on", "id"], name="deal_by_close", condition=PRESENT & Q(state=OPEN)),
            models.Index(fields=["state", "id"], name="deal_running", condition=PRESENT & Q(state__in=RUNNING)),
            models.Index(fields=["owner", "alone_since"], name="deal_alone", condition=PRESENT & ~Q(alone="")),
            models.Index(
                fields=["ask_again_on", "id"],
                name="deal_ask_again",
                condition=PRESENT & Q(ask_again_on__isnull=False),
            ),
            models.Index(fields=["trashed_at"], name="deal_trash", condition=Q(trashed_at__isnull=False)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any
    ) -> Self:
        """Remembers in which stage it was: rules about the way from one to the next look at both."""
        deal = super().from_db(db, field_names, values, **how)
        deal.was = {name: deal.__dict__.get(name) for name in WATCHED}
        return deal

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING
