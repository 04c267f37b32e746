"""A note of Evernote in an import: what it is called, to which record it goes, and what became of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7
from daifuku.transfers.models.imported import Import

TITLE = 255
EXCERPT = 200


class ImportedNote(models.Model):
    """The text and the pictures stay in the file until they are taken in. `digest` tells the same note again: it is
    on a record once, however often and by whomever its file is brought. `candidates` are records that may be meant.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("取り込み待ち")
        ASIDE = "aside", _("保留中")
        PART = "part", _("取り込み中")
        DONE = "done", _("取り込み済み")
        KNOWN = "known", _("前に取り込み済み")
        REFUSED = "refused", _("取り込めません")
        UNDONE = "undone", _("取り消し済み")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    imported = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="notes")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE, blank=True)
    written_at = models.DateTimeField(null=True)
    excerpt = models.CharField(max_length=EXCERPT, blank=True)
    tags = models.JSONField(default=list)
    files = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    candidates = models.JSONField(default=list)
    object = models.CharField(max_length=30, blank=True)
    record_id = models.BigIntegerField(null=True)
    comment_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASIDE)
    reason = models.TextField(blank=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["imported", "number"], name="note_number_once"),
            models.UniqueConstraint(
                fields=["digest", "object", "record_id"], condition=Q(state__in=["part", "done"]),
                name="note_on_record_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["object", "record_id"], name="note_of_record")]

    def __str__(self) -> str:
        return self.title or str(_("（題名なし）"))

    @property
    def assignable(self) -> bool:
        """Nothing of it is on a record yet, so it may go to any."""
        return self.state in {self.State.WAITING, self.State.ASIDE, self.State.REFUSED, self.State.KNOWN}
