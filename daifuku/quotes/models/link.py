"""A secret address at which a customer reads a quote and answers it without signing in."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from daifuku.foundation.uuid7 import uuid7
from daifuku.quotes.models.quote import Quote


class Link(models.Model):
    """The address holds 128 random bits, of which only the hash is kept here (OWASP ASVS 5.0, 11.5.1). `to` is
    empty for
    a link that somebody handed over himself."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    to = models.CharField(max_length=254, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    last_opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return str(self.uid)

    def is_dead(self, today: date) -> bool:
        return self.revoked_at is not None or today > self.expires_on
