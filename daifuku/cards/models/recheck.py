"""A card of the sample, typed a second time by somebody else: what differs tells how exact the entry is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Recheck(models.Model):
    """`values` as the second has typed them, `first` as they stood then; `fields` are those that were compared,
    `differing` those that differ, `wrong` those in which the first was found wrong. Open until somebody has said
    which of the two is right."""

    card = models.OneToOneField("cards.Card", on_delete=models.CASCADE, related_name="recheck")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    seconds = models.PositiveIntegerField(default=0)
    first = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    fields = models.JSONField(default=list)
    differing = models.JSONField(default=list)
    wrong = models.JSONField(default=list)
    judged_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.card_id)
