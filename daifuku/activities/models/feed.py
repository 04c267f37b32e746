"""The calendar to which somebody's telephone or other programs subscribe: his plans at a secret address."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Feed(models.Model):
    """Only the digest of the secret is kept: whoever reads the database cannot open the address."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.person)
