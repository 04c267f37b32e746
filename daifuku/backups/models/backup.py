"""One backup: when, where, how large, and whether what was written could be read again."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7


class Backup(models.Model):
    class State(models.TextChoices):
        RUNNING = "running", _("作成中")
        DONE = "done", _("完了")
        FAILED = "failed", _("失敗")
        REMOVED = "removed", _("整理済み")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.ForeignKey("backups.RecoveryKey", on_delete=models.PROTECT, related_name="backups")
    path = models.CharField(max_length=500)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    files = models.PositiveIntegerField(default=0)
    lines = models.PositiveBigIntegerField(default=0)
    sentence = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return Path(self.path).name
