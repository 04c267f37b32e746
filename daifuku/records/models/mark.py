"""A person's own marks on records: followed, favourite, recently seen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mark(models.Model):
    class Kind(models.TextChoices):
        FOLLOW = "follow", _("フォロー")
        FAVOURITE = "favourite", _("お気に入り")
        SEEN = "seen", _("最近見たもの")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "object", "record_id"], name="mark_once")
        ]
        indexes = [
            models.Index(fields=["person", "kind", "-at"], name="mark_latest"),
            models.Index(fields=["object", "record_id", "kind"], name="mark_record"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object}:{self.record_id}"
