"""Somebody asked whether a quote may go out; somebody else said yes, or sent it back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from daifuku.quotes.models.quote import Quote


class Approval(models.Model):
    """`reasons` are the limits that the quote passed when it was asked for; `verdict` is empty while it waits."""

    APPROVED, RETURNED = "approved", "returned"

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="approvals")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    note = models.TextField(blank=True)
    reasons = models.JSONField(default=list)
    verdict = models.CharField(max_length=10, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.quote_id} {self.verdict}"
