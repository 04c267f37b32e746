"""What this firm calls a kind of record: 得意先 instead of 取引先, 案件 instead of 商談."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ObjectName(models.Model):
    object = models.CharField(max_length=30, unique=True)
    label = models.CharField(_("表示名"), max_length=30)
    label_en = models.CharField(_("表示名（英語）"), max_length=30, blank=True)

    def __str__(self) -> str:
        return self.label
