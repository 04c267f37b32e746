"""When a deal or a lead counts as left alone: one row, or none while nobody has changed anything."""

from __future__ import annotations

from django.db import models


class Watch(models.Model):
    """`days` are the days of each reason that has some, `ranks` how many days without a talk a customer of that rank
    may wait, instead of the usual ones. 0 is never."""

    days = models.JSONField(default=dict)
    ranks = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.pk)
