"""What people of the firm say to one another about a record."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.uuid7 import uuid7

LONGEST = 4000


class Comment(models.Model):
    """A removed comment keeps its text, so that removing it can be undone; nobody is shown it."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(_("コメント"), max_length=LONGEST)
    quotes = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [models.Index(fields=["object", "record_id", "id"], name="comment_record")]

    def __str__(self) -> str:
        return self.text[:40]
