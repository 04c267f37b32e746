"""When each thing that is done again and again was done last, and when it is due."""

from __future__ import annotations

from django.db import models


class Recurring(models.Model):
    """While somebody does it, `next_run` is the end of a lease: nobody else begins, and a killed one is done again."""

    name = models.CharField(max_length=60, primary_key=True)
    next_run = models.DateTimeField()
    last_run = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.name
