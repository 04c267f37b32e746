"""A sentence that somebody should see: you are in charge now, your import has ended."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from daifuku.foundation.uuid7 import uuid7
from daifuku.messages.models.sharing import Timing


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def told(self) -> NoticeQuerySet:
        """Without those that wait for the hour, the morning or the week: they can be read, and do not count yet."""
        return self.filter(Q(due_at__isnull=True) | Q(timing=Timing.AT_ONCE))


class Notice(models.Model):
    """The sentence is kept as message id and values, so that each person reads it in his language.

    `why` says by what it came (a role's row of the matrix, a record followed). `details` is the content where more
    than the headline is told. Mail and push go at `due_at`, once; empty where nothing (more) goes; `mail` is the one it
    went in. `object` and `record_id` name the record, `customer` the account under which a digest puts it.
    """

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
    timing = models.CharField(max_length=10, choices=Timing.choices, default=Timing.AT_ONCE)
    details = models.TextField(blank=True, default="")
    why = models.JSONField(default=dict)
    object = models.CharField(max_length=30, blank=True, default="")
    record_id = models.BigIntegerField(null=True, blank=True)
    customer = models.BigIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(
        "daifuku_messages.Mail", on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
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
            models.Index(
                fields=["due_at"], condition=models.Q(due_at__isnull=False), name="messages_notice_due"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def reason(self) -> str:
        """Why it came."""
        from daifuku.messages.sharing import reasons

        return reasons.words(self)

    @property
    def waits(self) -> bool:
        """It is told later, together with others."""
        return self.due_at is not None and self.timing != Timing.AT_ONCE

    @property
    def sentence(self) -> str:
        if not self.values:
            return self.text
        return gettext(self.text) % dict(self.values)
