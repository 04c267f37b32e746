"""引継書 as a file that somebody asked for: one PDF, or a ZIP of PDFs of fifty customers each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from daifuku.foundation.errors import NotFound
from daifuku.foundation.uuid7 import uuid7
from daifuku.staff.viewer import Viewer


class PaperQuerySet(models.QuerySet["Paper"]):
    def find(self, viewer: Viewer, uid: Any) -> Paper:
        """Only who asked for it may fetch it: his rights decided what is in it."""
        found = self.filter(by_id=viewer.pk, uid=uid).first()
        if found is None:
            raise NotFound
        return found


class Paper(models.Model):
    """`file` is empty until it is ready. The row goes after some days, or when somebody is erased."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    handover = models.ForeignKey("handover.Handover", on_delete=models.CASCADE, related_name="papers")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=100, blank=True)
    file = models.CharField(max_length=200, blank=True)
    sheets = models.PositiveIntegerField(default=0)
    job = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
