"""文例: what one mostly writes after a talk of this method about this content, with 【slots】 to fill in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Wording(models.Model):
    """There is a row where the firm has changed the shipped wordings; `lines` may be empty, which offers none."""

    method = models.CharField(_("対応方法"), max_length=40)
    content = models.CharField(_("対応内容"), max_length=40)
    lines = models.JSONField(_("文例"), default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["method", "content"], name="phone_wording_once")
        ]

    def __str__(self) -> str:
        return f"{self.method}/{self.content}"
