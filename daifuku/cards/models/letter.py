"""A message on the server of the card address: every one has a row that says what became of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7


class LetterQuerySet(models.QuerySet["Letter"]):
    def counts(self) -> dict[str, int]:
        """How many are in each state."""
        found = dict(self.order_by().values_list("state").annotate(models.Count("pk")))
        return {str(state): found.get(state, 0) for state in Letter.State.values}

    def leave(self, why: str) -> None:
        """Those that still waited will not be fetched where they lay."""
        self.filter(state=Letter.State.SEEN).update(state=Letter.State.ASIDE, why=why)


class Letter(models.Model):
    """`stored` is the message itself where it was set aside, so that nothing is lost should the server forget it."""

    class State(models.TextChoices):
        SEEN = "seen", _("これから")
        TAKEN = "taken", _("受け取り済み")
        ASIDE = "aside", _("保留")
        FAILED = "failed", _("失敗")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    box = models.CharField(max_length=300)
    uidvalidity = models.BigIntegerField()
    number = models.BigIntegerField()
    message_id = models.CharField(max_length=300, blank=True)
    sender = models.CharField(_("差出人"), max_length=254, blank=True)
    subject = models.CharField(_("件名"), max_length=250, blank=True)
    size = models.BigIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(_("状態"), max_length=8, choices=State, default=State.SEEN)
    why = models.CharField(_("理由"), max_length=300, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    cards = models.ManyToManyField("cards.Card", related_name="letters", blank=True)
    stored = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["box", "uidvalidity", "number"], name="card_letter_once")
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="card_letter_state"),
            models.Index(fields=["message_id"], name="card_letter_message"),
        ]

    def __str__(self) -> str:
        return self.subject
