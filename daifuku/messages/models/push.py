"""A browser that wants to be woken, and what is on its way to it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.foundation.uuid7 import uuid7


class PushDevice(models.Model):
    """One browser of one person. `endpoint` is where its maker takes messages, `keys` (sealed) what they are encrypted
    with; `session` is the key of the session that switched it on, so that signing out switches it off.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1000, unique=True)
    keys = models.TextField()
    session = models.CharField(max_length=64, blank=True, default="", db_index=True)
    name = models.CharField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    reached_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = models.Manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name or str(self.uid)


class Push(models.Model):
    """Something to say to one device: tried again until its maker takes it or it is too old to matter."""

    class State(models.TextChoices):
        WAITING = "waiting", _("送信待ち")
        SENT = "sent", _("送信済み")
        FAILED = "failed", pgettext_lazy("push", "失敗")
        LEFT_OUT = "left_out", _("見送り")

    device = models.ForeignKey(PushDevice, on_delete=models.CASCADE, related_name="pushes")
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    event = models.ForeignKey("ledger.Event", on_delete=models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=300, blank=True, default="")

    objects: ClassVar = models.Manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="messages_push_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.device_id}: {self.key}"
