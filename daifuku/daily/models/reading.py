"""確認: who has read which version of a report."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Reading(models.Model):
    """`version` is that of the report when it was read: a later one says that it was changed since."""

    report = models.ForeignKey("daily.Report", on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "person"], name="daily_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.report_id}"
