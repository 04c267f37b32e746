"""Whether the firm passes leads on to sales, when one is ready, to whom, and how long an answer may take."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def qualified() -> dict[str, Any]:
    return {"all": [{"field": "status", "op": "any_of", "value": ["qualified"]}]}


class Target(models.TextChoices):
    RULES = "rules", _("リードの振り分けのルールで決める")
    TEAM = "team", _("チームの順番待ちへ")


class Setup(models.Model):
    """One row. `condition` is in the language of lists: what meets it is ready. `since` is when it was switched on:
    what was ready before and did not change is passed on by hand alone. `hours` are working hours of the receiver."""

    on = models.BooleanField(_("営業への引き渡しを使う"), default=False)
    since = models.DateTimeField(null=True)
    condition = models.JSONField(_("引き渡せる条件"), default=qualified)
    automatic = models.BooleanField(_("条件を満たしたら自動で引き渡す"), default=False)
    target = models.CharField(_("行き先"), max_length=8, choices=Target, default=Target.RULES)
    team = models.ForeignKey(
        "staff.Team",
        verbose_name=_("チーム"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    hours = models.PositiveSmallIntegerField(_("返事がないとき責任者に知らせるまでの時間"), default=8)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "setup"


def setup() -> Setup:
    """The firm's settings; as shipped where nobody has changed anything yet."""
    return Setup.objects.select_related("team").order_by("pk").first() or Setup()
