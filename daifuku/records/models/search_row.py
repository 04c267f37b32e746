"""What a record is found by, folded for comparing; the pairs of characters under the index are kept by its database."""

from __future__ import annotations

from django.db import models


class SearchRow(models.Model):
    """Written by `records.search.index` alone. Where a text holds several, `|` parts them."""

    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    name = models.TextField()
    reading = models.TextField()
    romaji = models.TextField()
    others = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object", "record_id"], name="search_row_once")]

    def __str__(self) -> str:
        return f"{self.object}:{self.record_id}"
