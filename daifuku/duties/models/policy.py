"""What the firm asks for and how it counts: one row, edited by the administrator."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def _today() -> date:
    return timezone.localdate()


class Policy(models.Model):
    """Credits are percents. `weights`: {kind: weight}, 0 is asked for and not counted. `closed_days`: ISO days on
    which the firm is closed besides the national holidays. Nothing before `begins_on` is a duty: it would be unfair."""

    begins_on = models.DateField(_("数え始める日"), default=_today)
    window_days = models.PositiveSmallIntegerField(_("入力率を数える営業日数"), default=10)
    fewest = models.PositiveSmallIntegerField(_("判定に必要な件数"), default=5)
    credit_late = models.PositiveSmallIntegerField(_("遅れの点数（％）"), default=50)
    credit_missing = models.PositiveSmallIntegerField(_("入力漏れの点数（％）"), default=0)
    weights = models.JSONField(_("種類ごとの重み"), default=dict)
    call_minutes = models.PositiveSmallIntegerField(_("電話のあと（分）"), default=15)
    visit_minutes = models.PositiveSmallIntegerField(_("訪問のあと（分）"), default=180)
    closed_days = models.JSONField(_("会社の休業日"), default=list)
    lead_days = models.PositiveSmallIntegerField(_("見込み客への最初の連絡（営業日）"), default=2)
    quiet_floor = models.PositiveSmallIntegerField(_("連絡の間隔の下限（日）"), default=14)
    quiet_percent = models.PositiveSmallIntegerField(_("普段の間隔の何％で知らせるか"), default=150)
    low_percent = models.PositiveSmallIntegerField(_("低いとみなす入力率（％）"), default=70)
    asks_why = models.BooleanField(_("入力率が低い人に理由をたずねる"), default=True)
    weeks_to_manager = models.PositiveSmallIntegerField(_("上司に知らせるまでの週数"), default=2)
    weeks_to_president = models.PositiveSmallIntegerField(_("社長に知らせるまでの週数"), default=4)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "policy"


def policy() -> Policy:
    """The firm's settings; as shipped where nobody has changed anything yet."""
    return Policy.objects.order_by("pk").first() or Policy()


def kept_policy() -> Policy:
    """The same, kept from now on: the day on which counting begins must not move along with today. For writers."""
    found = policy()
    if found._state.adding:
        found.save()
    return found
