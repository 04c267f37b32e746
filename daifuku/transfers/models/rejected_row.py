"""A line of a file that could not be taken in, with the reasons; it goes back to the person as a file to mend."""

from __future__ import annotations

from django.db import models

from daifuku.transfers.models.imported import Import


class RejectedRow(models.Model):
    """A `waiting` row names a parent that stands further down in the same file, and is taken up when that is in."""

    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rejected")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    reasons = models.JSONField(default=list)
    waiting = models.BooleanField(default=False)

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["imported", "line"], name="rejected_line_once")]

    def __str__(self) -> str:
        return f"{self.line}: {self.reasons}"
