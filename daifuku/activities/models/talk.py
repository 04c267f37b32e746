"""取引履歴: one talk with a customer that happened, on the telephone, by mail, face to face."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.activities.models.subject import FOLLOWS, KEPT_BY, WITH_SOMEBODY, OfDeal, WithSubject
from daifuku.customers.models.account import PRESENT
from daifuku.records.models import Record


class Talk(Record, WithSubject, OfDeal):
    """`owner` held the talk, `created_by` wrote it down. `minutes` and `ended_at` follow from each other.

    What is said about an `order` until it is delivered belongs to it and to the customer alike.
    One that was `internal` (true, or nothing) was with nobody but colleagues. `team` and `privacy` are the customer's;
    `objects.shared` keeps them so. `entered_at` is when it was typed into a phone, by the phone's own account:
    `created_at` is when it arrived here, which without signal is later.
    """

    object_key: ClassVar[str] = "talk"
    kept_by: ClassVar[tuple[str, ...]] = KEPT_BY
    follows: ClassVar[tuple[tuple[str, str], ...]] = FOLLOWS
    shown_to_guests: ClassVar[bool] = True

    started_at = models.DateTimeField(_("日時"), default=timezone.now)
    ended_at = models.DateTimeField(_("終了日時"), null=True, blank=True)
    minutes = models.BigIntegerField(_("所要時間（分）"), null=True, blank=True)
    method = models.CharField(_("対応方法"), max_length=40, blank=True)
    content = models.CharField(_("対応内容"), max_length=40, blank=True)
    direction = models.CharField(_("どちらから"), max_length=40, blank=True)
    subject = models.CharField(_("件名"), max_length=200, blank=True)
    text = models.TextField(_("詳細"), blank=True)
    next_step = models.CharField(_("次にすること"), max_length=200, blank=True)
    internal = models.BooleanField(_("社内の会議"), null=True, blank=True)
    order = models.ForeignKey(
        "orders.Order", verbose_name=_("受注"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="talks", db_index=False,
    )  # fmt: skip
    entered_at = models.DateTimeField(_("端末での入力日時"), null=True, blank=True)
    plan = models.OneToOneField(
        "activities.Plan", verbose_name=_("元の予定"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip

    class Meta(Record.Meta):
        verbose_name = _("取引履歴")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=WITH_SOMEBODY | Q(internal__isnull=False), name="talk_with_somebody"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-started_at", "-id"], name="talk_by_account"),
            models.Index(
                fields=["contact", "-started_at", "-id"],
                name="talk_by_contact",
                condition=Q(contact__isnull=False),
            ),
            models.Index(
                fields=["lead", "-started_at", "-id"],
                name="talk_by_lead",
                condition=Q(lead__isnull=False),
            ),
            models.Index(
                fields=["deal", "-started_at", "-id"],
                name="talk_by_deal",
                condition=Q(deal__isnull=False),
            ),
            models.Index(
                fields=["order", "-started_at", "-id"],
                name="talk_by_order",
                condition=PRESENT & Q(order__isnull=False),
            ),
            models.Index(fields=["owner", "-started_at", "-id"], name="talk_by_owner", condition=PRESENT),
            models.Index(fields=["-started_at", "-id"], name="talk_by_time", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="talk_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="talk_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.subject
