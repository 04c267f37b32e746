"""How often one usually talks with a customer, from the talks there were; from when on it is longer than usual."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Rhythm(models.Model):
    """`usual` is the median of the last gaps in days, None while there are too few of them; `due_on` the first day on
    which the silence is longer than usual."""

    account_id = models.BigIntegerField(unique=True)
    last_on = models.DateField()
    usual = models.PositiveIntegerField(null=True)
    due_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_on", "account_id"], name="duties_rhythm_due", condition=Q(due_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.usual}"
