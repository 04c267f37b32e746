"""Another server that wants to be told what happens: where it is, what it hears, in whose name."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def kept(self) -> WebhookQuerySet:
        """Without those that were removed."""
        return self.filter(removed_at__isnull=True)

    def listening(self) -> WebhookQuerySet:
        return self.kept().filter(active=True)

    def free(self, now: datetime) -> WebhookQuerySet:
        """Those to which something may be sent now: nobody else is at it, and it is not left in peace for a while."""
        over = Q(held_until__isnull=True) | Q(held_until__lte=now)
        rested = Q(rests_until__isnull=True) | Q(rests_until__lte=now)
        return self.listening().filter(over, rested)


class Webhook(models.Model):
    """The rights of `person` decide what is sent. `kinds` and `objects` narrow it; empty means all about records.
    Where it hears of one kind of record, `condition` says which of them it is about.

    It hears the lines of the ledger behind (`listens_txid`, `listens_event`). Whoever sends to it holds it (`holder`
    until `held_until`), so that one sender at a time keeps the order.
    """

    class Stop(models.TextChoices):
        PERSON = "person", _("停止中")
        FAILURES = "failures", _("送信できないため停止")
        LEFT = "left", _("持ち主が退職したため停止")
        RIGHTS = "rights", _("持ち主に設定の権限がないため停止")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks")
    name = models.CharField(_("名前"), max_length=60)
    address = models.CharField(_("送り先のアドレス"), max_length=2000)
    kinds = models.JSONField(default=list)
    objects_heard = models.JSONField(default=list)
    condition = models.JSONField(default=dict)
    active = models.BooleanField(default=True)
    stopped = models.CharField(max_length=10, choices=Stop.choices, blank=True, default="")
    stopped_at = models.DateTimeField(null=True, blank=True)
    secret = models.TextField()
    old_secret = models.TextField(blank=True, default="")
    old_secret_until = models.DateTimeField(null=True, blank=True)
    listens_txid = models.BigIntegerField(default=0)
    listens_event = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    given_up = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    holder = models.CharField(max_length=32, blank=True, default="")
    served_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[WebhookQuerySet] = WebhookQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
