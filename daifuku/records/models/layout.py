"""How the page of a kind of record is laid out in this firm, and what somebody is about to make of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Layout(models.Model):
    """`content` is that of `catalogue.arranging.Arrangement.json`; empty where the shipped layout is used."""

    object = models.CharField(max_length=30, unique=True)
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.object


class LayoutDraft(models.Model):
    """What one person arranges and nobody else sees; `base` is the version of the layout that he began with."""

    object = models.CharField(max_length=30)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content = models.JSONField()
    base = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["object", "person"], name="layout_draft_once")]

    def __str__(self) -> str:
        return self.object
