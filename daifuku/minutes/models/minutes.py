"""Which template a talk was written by, and what was made of its lines. The words themselves are the talk's."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.activities.models import Talk
from daifuku.minutes.models.template import Edition


class Minutes(models.Model):
    """`accepted`: `{"key", "kind", "heading", "object", "uid", "field"}` for each line of which something was made.
    Nothing about a customer stands here but keys. `held_at` is the talk's own time, so that statistics are one walk."""

    talk = models.OneToOneField(Talk, on_delete=models.CASCADE, related_name="minutes_of")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="minutes")
    accepted = models.JSONField(default=list)
    held_at = models.DateTimeField()

    class Meta:
        verbose_name = _("議事録")
        indexes = [
            models.Index(fields=["-held_at", "-id"], name="minutes_by_time"),
            models.Index(fields=["edition", "-held_at"], name="minutes_by_edition"),
        ]

    def __str__(self) -> str:
        return str(self.talk)
