"""What became of one lead when many were begun to be traded with at once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.conversion.models.conversion import Conversion
from daifuku.customers.models import Lead


class Result(models.Model):
    """`event` is the line of the whole run. A blocked one says in `sentence` what to do."""

    class State(models.TextChoices):
        NEW = "new", _("新しく作成")
        MERGED = "merged", _("既存に追加")
        BLOCKED = "blocked", _("要確認")

    event = models.ForeignKey("ledger.Event", on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State)
    sentence = models.CharField(max_length=400, blank=True)
    conversion = models.ForeignKey(Conversion, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "lead"], name="conversion_result_once")
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.state}"
