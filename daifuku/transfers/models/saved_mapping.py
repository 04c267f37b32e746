"""How the columns of one kind of file were read the last time, so that nobody maps them twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class SavedMapping(models.Model):
    """Shared by the firm. `headers` are the headings in their normalised form, `targets` the field for each,
    `options` mode, key, blanks and doubles. A file with the same headings gets it by itself, the command line by name.
    """

    object = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    headers = models.JSONField()
    headers_digest = models.CharField(max_length=64)
    targets = models.JSONField()
    options = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["object", "name"], name="mapping_name_once"),
            models.UniqueConstraint(fields=["object", "headers_digest"], name="mapping_headers_once"),
        ]

    def __str__(self) -> str:
        return self.name
