"""営業プロセス: the way of a deal from the enquiry to the payment, in the stages of this firm."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Process(models.Model):
    """`stages` are the stages in their order, as `processes.Stage.json` writes them. While nobody has changed anything
    there are no rows, and the shipped process counts."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("名前"), max_length=60)
    name_en = models.CharField(_("名前（英語）"), max_length=60, blank=True)
    purpose = models.CharField(_("使う場面"), max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)
    active = models.BooleanField(_("使う"), default=True)
    stages = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.name
