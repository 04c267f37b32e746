"""One line of the ledger on its way to one other server: what was sent, what came back, when it is tried again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.outgoing import SENTENCES
from daifuku.foundation.uuid7 import uuid7

OWN_SENTENCES = {
    "hidden": _("送る前に、持ち主に見えなくなりました。"),
    "condition": _("条件に合わないため、送りませんでした。"),
    "dropped": _("送信を取りやめました。"),
    "restored": _("バックアップから戻したあと、送信を見送りました。"),
    "secret": _("署名キーを読めません。新しい署名キーを作ってください。"),
}


class WebhookDelivery(models.Model):
    """`uid` stays the same however often it is sent: by it the receiver knows what he has had already.

    A test has no `event`. `unasked` was lined up while the webhook's condition could not be asked. `body` is what went
    last, `answer` the beginning of what came back.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("送信待ち")
        DONE = "done", _("届いた")
        FAILED = "failed", pgettext_lazy("webhook", "失敗")
        SKIPPED = "skipped", _("送らない")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    webhook = models.ForeignKey(
        "daifuku_messages.Webhook", on_delete=models.CASCADE, related_name="deliveries"
    )
    event = models.ForeignKey(
        "ledger.Event", on_delete=models.CASCADE, null=True, related_name="webhook_deliveries"
    )
    txid = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    unasked = models.BooleanField(default=False)
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.FloatField(null=True, blank=True)
    error = models.CharField(max_length=20, blank=True, default="")
    detail = models.CharField(max_length=300, blank=True, default="")
    body = models.TextField(blank=True, default="")
    answer = models.TextField(blank=True, default="")

    objects: ClassVar = models.Manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "event"],
                condition=models.Q(event__isnull=False),
                name="messages_delivery_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["webhook", "txid", "event", "id"], condition=models.Q(state="waiting"),
                name="messages_delivery_waiting",
            ),
            models.Index(fields=["webhook", "-id"], name="messages_delivery_newest"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @property
    def is_test(self) -> bool:
        return self.event_id is None

    @property
    def milliseconds(self) -> int | None:
        return None if self.seconds is None else round(self.seconds * 1000)

    @property
    def trouble(self) -> str:
        """Why the last attempt failed, in words; nothing where it did not."""
        if self.error == "status":
            return gettext("相手が %(status)s で答えました。") % {"status": self.status}
        return str(SENTENCES.get(self.error) or OWN_SENTENCES.get(self.error) or "")
