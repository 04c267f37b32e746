"""Tags: words in a colour that people put on records."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.records.models.choice import COLOURS


class Tag(models.Model):
    """`name_key` is the folded name, so that ＤＭ希望 and DM希望 are one tag. A retired tag is offered no more, one
    that is not `public` to nobody but `by`, who made it for records that not everybody may know of.
    """

    name = models.CharField(_("タグ"), max_length=40)
    name_key = models.CharField(max_length=80, unique=True)
    colour = models.CharField(_("色"), max_length=10, default="grey", choices=[(c, c) for c in COLOURS])
    retired_at = models.DateTimeField(null=True, blank=True)
    public = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name_key"]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """A tag on a record."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    object = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object", "record_id", "tag"], name="tagging_once"),
        ]
        indexes = [models.Index(fields=["tag", "object", "record_id"], name="tagging_by_tag")]

    def __str__(self) -> str:
        return f"{self.object}:{self.record_id} {self.tag_id}"
