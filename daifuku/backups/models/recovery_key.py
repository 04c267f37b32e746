"""The half of a recovery key that locks; the half that opens was shown once and is kept by people, not by machines."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class RecoveryKey(models.Model):
    """`recipient` is an age recipient (age1...). The newest one counts; older backups open with the older keys."""

    recipient = models.CharField(max_length=100, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.short

    @property
    def short(self) -> str:
        """Enough to tell keys apart on paper."""
        return self.recipient[-6:]
