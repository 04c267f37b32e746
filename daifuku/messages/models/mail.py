"""A mail on its way: written with the work that causes it, sent afterwards, once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mail(models.Model):
    """`message_id` stays the same in every attempt: should a mail reach a server twice because the machine died between
    sending and writing that down, the receiver can tell. The text goes once it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("送信待ち")
        SENT = "sent", _("送信済み")
        FAILED = "failed", _("送信できません")
        NO_SERVER = "no_server", _("メールサーバー未設定")
        LEFT_OUT = "left_out", _("見送り")

    to = models.EmailField(_("宛先"), max_length=254)
    subject = models.CharField(_("件名"), max_length=250)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True, default="")
    key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(_("状態"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(_("理由"), blank=True, default="")
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(pgettext_lazy("time", "作成"), default=timezone.now)
    sent_at = models.DateTimeField(_("送信"), null=True, blank=True)
    event = models.ForeignKey(
        "ledger.Event", on_delete=models.SET_NULL, null=True, blank=True, related_name="mails"
    )

    objects: ClassVar = models.Manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state="waiting"), name="messages_mail_waiting"
            ),
            models.Index(fields=["state", "-id"], name="messages_mail_state"),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
