"""Which fields that come with the program have an index in this firm."""

from __future__ import annotations

from django.db import models

from daifuku.records.models.custom_field import CustomField


class StandardIndex(models.Model):
    """`wanted` is what the administrator said last, `state` what is there."""

    object = models.CharField(max_length=30)
    key = models.CharField(max_length=63)
    wanted = models.BooleanField(default=True)
    state = models.CharField(
        max_length=10, choices=CustomField.IndexState.choices, default=CustomField.IndexState.NONE
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object", "key"], name="standard_index_once")]

    def __str__(self) -> str:
        return f"{self.object}.{self.key}"
