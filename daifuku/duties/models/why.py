"""Why somebody does not enter: asked once a week of whoever enters little, not guessed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7


class Reason(models.TextChoices):
    TIME = "time", _("時間がない")
    FIELDS = "fields", _("項目が多すぎる")
    NO_USE = "no_use", _("役に立たない")
    PHONE = "phone", _("スマートフォンが使いにくい")
    OTHER = "other", _("その他")


class Why(models.Model):
    """One question a person and week; `weeks` is how many weeks in a row the rate was low by then."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()
    percent = models.PositiveSmallIntegerField()
    weeks = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    words = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-week", "person"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "week"], name="duties_why_once_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.week}"
