"""A set of milestones that deals of a process, or orders, usually have."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class MilestonePlan(models.Model):
    """`of` is "deal" or "order"; `process` narrows it to the deals of one. `steps` are
    `{"name", "anchor", "days", "roles", "before"}`: so many days after (or, negative, before) the anchor's day."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("名前"), max_length=60)
    of = models.CharField(_("使うところ"), max_length=8)
    process = models.CharField(_("営業プロセス"), max_length=40, blank=True)
    active = models.BooleanField(_("使う"), default=True)
    steps = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["of", "name", "id"]

    def __str__(self) -> str:
        return self.name
