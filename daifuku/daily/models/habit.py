"""How the firm keeps its daily reports: one row, edited by the administrator."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def _writers() -> list[str]:
    return ["manager", "rep"]


def _readers() -> list[str]:
    return ["manager", "president"]


class Habits(models.Model):
    """`switches_at` is the hour at which the next business day begins: work at one at night belongs to the day before.
    `writers` and `readers` are keys of roles: who hands in a report, who gets the morning page.
    `mailed_on` is the day of the last morning mail, so that none goes twice."""

    switches_at = models.PositiveSmallIntegerField(_("営業日の切り替え（時）"), default=5)
    due_at = models.TimeField(_("日報の期限"), default=time(23, 59))
    writers = models.JSONField(_("日報を書く役割"), default=_writers)
    readers = models.JSONField(_("朝の一枚を受け取る役割"), default=_readers)
    mails = models.BooleanField(_("朝の一枚をメールで送る"), default=True)
    mails_at = models.TimeField(_("送る時刻"), default=time(7, 30))
    mailed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "habits"

    def was_mailed(self, day: date) -> bool:
        return self.mailed_on is not None and self.mailed_on >= day


def habits() -> Any:
    """The firm's settings; as shipped where nobody has changed anything yet."""
    return Habits.objects.order_by("pk").first() or Habits()
