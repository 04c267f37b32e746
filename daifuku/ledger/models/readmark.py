"""Who has looked at what in which ten minutes, so that one look is one line and not fifty."""

from __future__ import annotations

from django.db import models


class ReadMark(models.Model):
    """The window in which a person's look at a record already has its line."""

    person_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    window = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "kind", "object", "record_id", "window"], name="ledger_read_once"
            )
        ]
        indexes = [models.Index(fields=["window"], name="ledger_read_window")]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.object}:{self.record_id}@{self.window}"
