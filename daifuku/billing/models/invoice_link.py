"""A secret address at which a customer fetches an invoice without signing in."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from daifuku.billing.models.invoice import Invoice
from daifuku.foundation.uuid7 import uuid7


class InvoiceLink(models.Model):
    """The address holds 128 random bits, of which only the hash is kept here (OWASP ASVS 5.0, 11.5.1)."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="addresses")
    digest = models.CharField(max_length=64, unique=True)
    to = models.CharField(max_length=254, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    last_opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return str(self.uid)

    def is_dead(self, today: date) -> bool:
        return self.revoked_at is not None or today > self.expires_on
