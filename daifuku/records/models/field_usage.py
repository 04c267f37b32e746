"""How much the fields of a kind of record are used, as it was counted last; for tables that take long to count."""

from __future__ import annotations

from django.db import models


class FieldUsage(models.Model):
    """`filled` is how many of the `total` records have a value, `entered` when one was last entered, both by key.

    The ledger was read up to the line `read_up_to`, and back to the day `read_back_to` (None: to its beginning).
    """

    object = models.CharField(max_length=30, unique=True)
    total = models.BigIntegerField(default=0)
    filled = models.JSONField(default=dict)
    entered = models.JSONField(default=dict)
    read_up_to = models.BigIntegerField(default=0)
    read_back_to = models.DateTimeField(null=True)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.object
