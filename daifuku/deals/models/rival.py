"""Who else wants the order: strengths, weaknesses, how one stands against him."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.deals.models.deal import Deal
from daifuku.foundation.uuid7 import uuid7


class Rival(models.Model):
    """A competitor is on a deal once."""

    class Standing(models.TextChoices):
        AHEAD = "ahead", _("当社が優勢")
        EVEN = "even", _("互角")
        BEHIND = "behind", _("当社が劣勢")
        UNKNOWN = "unknown", _("わからない")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="rivals")
    name = models.CharField(_("競合の会社"), max_length=100)
    standing = models.CharField(_("形勢"), max_length=20, choices=Standing, default=Standing.UNKNOWN)
    strengths = models.CharField(_("相手の強み"), max_length=300, blank=True)
    weaknesses = models.CharField(_("相手の弱み"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["deal", "name"], name="deal_rival_once")]

    def __str__(self) -> str:
        return self.name
