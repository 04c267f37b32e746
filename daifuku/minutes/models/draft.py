"""What is being written: a draft a person and talk, and who has the page open."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from daifuku.activities.models import Talk


class Draft(models.Model):
    """Without a talk it is that of new minutes, of which a person has one at a time. `version` is the talk's version
    from which the writing began."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, null=True, related_name="+")
    values = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "talk"], name="minutes_draft_once", condition=Q(talk__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["person"], name="minutes_new_draft_once", condition=Q(talk__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.talk_id}"


class Presence(models.Model):
    """Somebody had the minutes open for writing at this moment."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["talk", "person"], name="minutes_presence_once")]

    def __str__(self) -> str:
        return f"{self.person_id}:{self.talk_id}"
