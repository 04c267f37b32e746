"""A record that was merged into another one: its old addresses lead there."""

from __future__ import annotations

from django.db import models


class Absorbed(models.Model):
    """The record with this key and uid lies in the trash; `into_id` is what stands for it, and may itself have been
    merged since. The row goes when the merge is taken back."""

    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    uid = models.UUIDField()
    into_id = models.BigIntegerField()
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object", "record_id"], name="absorbed_once"),
            models.UniqueConstraint(fields=["object", "uid"], name="absorbed_uid_once"),
        ]
        indexes = [models.Index(fields=["object", "into_id"], name="absorbed_into")]

    def __str__(self) -> str:
        return f"{self.object}:{self.record_id} -> {self.into_id}"
