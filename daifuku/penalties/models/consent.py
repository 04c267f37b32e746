"""Somebody agreed to pay into the fund, in his own name, to words that are kept as they were; he may take it back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from daifuku.foundation.uuid7 import uuid7


class Consent(models.Model):
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()
    amount = models.PositiveIntegerField()
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-given_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], name="penalties_one_consent", condition=Q(withdrawn_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
