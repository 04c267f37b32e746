"""How far the numbers of a kind of paper have come in a year."""

from __future__ import annotations

from django.db import models


class Series(models.Model):
    """`last` is the last number that was given; the next paper gets one more, in the same transaction."""

    kind = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
