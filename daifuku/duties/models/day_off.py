"""Somebody is not at work on a day, or on half of it: holiday, sickness, a telephone that was broken."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7


class Part(models.TextChoices):
    WHOLE = "whole", _("一日")
    MORNING = "morning", _("午前")
    AFTERNOON = "afternoon", _("午後")


class DayOff(models.Model):
    """`reason` is short and private: 有休, 通院. Longer absence with a substitute is set on the person."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("日付"))
    part = models.CharField(_("時間帯"), max_length=10, choices=Part, default=Part.WHOLE)
    reason = models.CharField(_("理由"), max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day"], name="duties_day_off_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"
