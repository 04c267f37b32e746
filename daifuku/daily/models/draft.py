"""What somebody has typed for his report and not handed in yet: nobody else sees it, so no line tells of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Draft(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    remark = models.TextField(blank=True)
    consult = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "day"], name="daily_draft_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"
