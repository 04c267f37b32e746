"""Plans that come again: how often, and what each of them is like; the plans themselves are made ahead."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from daifuku.foundation.uuid7 import uuid7


class Series(models.Model):
    """`pattern` holds what each plan gets: keys of rows, words, the clock and the minutes. Plans stand there up to
    `made_until`; after `ended_at` none is made any more. `line` says who began it: all that are made name it as their
    cause, so that nobody is told of each, and one undo takes them back."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    repetition = models.JSONField(default=dict)
    pattern = models.JSONField(default=dict)
    made_until = models.DateField()
    line = models.ForeignKey("ledger.Event", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["made_until"], name="series_to_make", condition=Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return str(self.pattern.get("subject", ""))
