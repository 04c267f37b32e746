"""A sentence that somebody should see: you are in charge now, your import has ended."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from daifuku.foundation.uuid7 import uuid7


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """The sentence is kept as message id and values, so that each person reads it in his language."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    text = models.TextField()
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=500, blank=True, default="")
    event = models.ForeignKey(
        "ledger.Event", on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "event"],
                condition=models.Q(event__isnull=False),
                name="messages_notice_once",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="messages_notice_person"),
            models.Index(
                fields=["person"], condition=models.Q(read_at__isnull=True), name="messages_notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        if not self.values:
            return self.text
        return gettext(self.text) % dict(self.values)
