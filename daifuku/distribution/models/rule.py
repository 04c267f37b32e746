"""Which leads go where: the first rule whose condition a lead meets decides."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.distribution.models.setup import Strategy
from daifuku.foundation.uuid7 import uuid7


class Target(models.TextChoices):
    PEOPLE = "people", _("選んだ人の中から")
    TEAM = "team", _("チームの順番待ちへ")


class Rule(models.Model):
    """`people` are keys of people, empty for all who take part; `ring` is how far the turn of each is."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(_("名前"), max_length=60)
    position = models.PositiveIntegerField(default=0)
    active = models.BooleanField(_("使う"), default=True)
    condition = models.JSONField(_("条件"), default=dict)
    target = models.CharField(_("行き先"), max_length=8, choices=Target, default=Target.PEOPLE)
    people = models.JSONField(_("人"), default=list)
    team = models.ForeignKey(
        "staff.Team",
        verbose_name=_("チーム"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    strategy = models.CharField(_("決め方"), max_length=8, choices=Strategy, default=Strategy.TURN)
    ring = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
