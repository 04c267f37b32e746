"""活動予定: what is going to happen with a customer, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.activities.models.subject import FOLLOWS, KEPT_BY, WITH_SOMEBODY, OfDeal, WithSubject
from daifuku.customers.models.account import PRESENT
from daifuku.records.models import Record

# It is still going to happen.
OPEN = ("planned", "postponed")


class Plan(Record, WithSubject, OfDeal):
    """`owner` goes there. Only verbs change `state`, `reason`, `postponed_from` (what did not hold) and `talk`.

    One of a `series` was made for its day `series_on`, wherever it was moved since.
    """

    object_key: ClassVar[str] = "plan"
    kept_by: ClassVar[tuple[str, ...]] = KEPT_BY
    follows: ClassVar[tuple[tuple[str, str], ...]] = FOLLOWS
    shown_to_guests: ClassVar[bool] = True

    started_at = models.DateTimeField(_("日時"))
    ended_at = models.DateTimeField(_("終了日時"), null=True, blank=True)
    method = models.CharField(_("対応方法"), max_length=40, blank=True)
    subject = models.CharField(_("件名"), max_length=200, blank=True)
    place = models.CharField(_("場所"), max_length=200, blank=True)
    text = models.TextField(_("目的・準備"), blank=True)
    state = models.CharField(_("状態"), max_length=40, default="planned")
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    postponed_from = models.DateTimeField(_("延期前の日時"), null=True, blank=True)
    talk = models.OneToOneField(
        "activities.Talk", verbose_name=_("結果"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip

    series = models.ForeignKey(
        "activities.Series",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="plans",
        db_index=False,
    )
    series_on = models.DateField(null=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("活動予定")
        constraints: ClassVar = [
            models.CheckConstraint(condition=WITH_SOMEBODY, name="plan_with_somebody"),
            models.UniqueConstraint(
                fields=["series", "series_on"], name="plan_of_series_once", condition=Q(series__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "state", "started_at", "id"], name="plan_by_account"),
            models.Index(
                fields=["contact", "state", "started_at", "id"],
                name="plan_by_contact",
                condition=Q(contact__isnull=False),
            ),
            models.Index(
                fields=["lead", "state", "started_at", "id"],
                name="plan_by_lead",
                condition=Q(lead__isnull=False),
            ),
            models.Index(
                fields=["deal", "state", "started_at", "id"],
                name="plan_by_deal",
                condition=Q(deal__isnull=False),
            ),
            models.Index(
                fields=["owner", "state", "started_at", "id"], name="plan_by_owner", condition=PRESENT
            ),
            models.Index(fields=["-started_at", "-id"], name="plan_by_time", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="plan_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="plan_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
