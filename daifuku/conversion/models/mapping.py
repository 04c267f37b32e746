"""見込み客の変換の関連付け: which field of a lead goes where; every change is another version."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Mapping(models.Model):
    """`rules` in their order, as `mapping.rules.Rule` reads them; `stays` are fields that stay with the lead on
    purpose. Where there is no row yet, the shipped ones count, as version 1.
    """

    number = models.PositiveIntegerField(unique=True)
    rules = models.JSONField(default=list)
    stays = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.number)
