"""全員に共有: a line of the morning or a report that somebody shows to everybody, with a remark."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from daifuku.foundation.uuid7 import uuid7


class Shared(models.Model):
    """`subject_object` and `subject_id` name the record; its name is read when it is shown, for each reader anew, and
    those who may not see it read that it is not public. `day` is the day that the morning page was about."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    remark = models.TextField(blank=True)
    subject_object = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["day", "at"], name="daily_shared_by_day"),
            models.Index(fields=["-at", "-id"], name="daily_shared_newest"),
            models.Index(fields=["subject_object", "subject_id"], name="daily_shared_subject"),
        ]

    def __str__(self) -> str:
        return self.remark[:60]

    def get_absolute_url(self) -> str:
        return reverse("daily:shared", args=[self.uid])
