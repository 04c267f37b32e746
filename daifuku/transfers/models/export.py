"""A file that somebody took out: what was in it, and, where it was too large to wait for, where it lies."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from daifuku.foundation.errors import NotFound
from daifuku.foundation.uuid7 import uuid7
from daifuku.staff.viewer import Viewer


class ExportQuerySet(models.QuerySet["Export"]):
    def find(self, viewer: Viewer, uid: Any) -> Export:
        """Only who asked for it may fetch it: his rights decided what is in it."""
        found = self.filter(by_id=viewer.pk, uid=uid).first()
        if found is None:
            raise NotFound
        return found


class Export(models.Model):
    """`wish` is what was asked for: view, condition, search, columns, form, encoding."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    object = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports")
    at = models.DateTimeField(default=timezone.now)
    wish = models.JSONField(default=dict)
    name = models.CharField(max_length=255)
    file = models.CharField(max_length=200, blank=True)
    rows = models.PositiveIntegerField(default=0)
    unsayable = models.CharField(max_length=200, blank=True)
    job = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("transfers:exported", args=[self.uid])
