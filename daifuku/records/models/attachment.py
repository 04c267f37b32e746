"""Files that hang on a record, with every version that was ever put there."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7


class Attachment(models.Model):
    """`current` is the version that people get; the older ones stay and can come back."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    current = models.ForeignKey(
        "records.AttachmentVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now)
    trashed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-added_at", "-id"]
        indexes = [models.Index(fields=["object", "record_id", "id"], name="attachment_record")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.current.name if self.current else ""


class AttachmentVersion(models.Model):
    """`stored` is the file's name in the storage, made of its content; `type` was read from the content as well.

    `preview` is a small picture without the photographer's data, made later by a job.
    """

    INLINE: ClassVar[frozenset[str]] = frozenset(
        {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}
    )

    class PreviewState(models.TextChoices):
        NONE = "none", _("なし")
        WAITING = "waiting", _("作成中")
        READY = "ready", _("あり")
        FAILED = "failed", _("作成できません")

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(_("ファイル名"), max_length=255)
    stored = models.CharField(max_length=100, db_index=True)
    size = models.BigIntegerField()
    type = models.CharField(max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    preview = models.CharField(max_length=100, blank=True)
    preview_state = models.CharField(max_length=10, choices=PreviewState.choices, default=PreviewState.NONE)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["attachment", "number"], name="attachment_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    @property
    def inline(self) -> bool:
        """May a browser show it by itself?"""
        return self.type in self.INLINE

    @property
    def picture(self) -> bool:
        return self.type.startswith("image/") and self.inline
