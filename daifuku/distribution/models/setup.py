"""How leads are distributed in this firm: one row, edited by the administrator."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _


class Strategy(models.TextChoices):
    TURN = "turn", _("順番（重みづけ）")
    LOAD = "load", _("手持ちの少ない人から")


class Setup(models.Model):
    """`since` is when it was switched on: older leads are left alone. Whoever stands in `givers` registers leads for
    others (the president, the clerk): what they enter is distributed as if nobody were in charge. `ring` is how far
    the turn of everybody is, {key of a person: number}; it moves on once for each lead.
    """

    on = models.BooleanField(_("新しいリードを自動で振り分ける"), default=False)
    since = models.DateTimeField(null=True)
    strategy = models.CharField(
        _("ルールに当てはまらないときの決め方"), max_length=8, choices=Strategy, default="turn"
    )
    opens = models.TimeField(_("振り分けを始める時刻"), default=time(9))
    closes = models.TimeField(_("振り分けを終える時刻"), default=time(18))
    by_rate = models.BooleanField(_("入力率が低い人には新しいリードを渡さない"), default=True)
    low_percent = models.PositiveSmallIntegerField(_("外れる入力率（％未満）"), default=80)
    back_percent = models.PositiveSmallIntegerField(_("戻る入力率（％以上）"), default=90)
    back_days = models.PositiveSmallIntegerField(_("戻るまでの連続営業日数"), default=5)
    grace_days = models.PositiveSmallIntegerField(_("新しい人を入力率で外さない日数"), default=14)
    alarm_hours = models.PositiveSmallIntegerField(_("順番待ちを責任者に知らせるまでの時間"), default=4)
    return_hours = models.PositiveSmallIntegerField(_("最初の取引がないとき戻すまでの時間"), default=16)
    warn_hours = models.PositiveSmallIntegerField(_("戻す前に知らせる時間"), default=4)
    queue_team = models.ForeignKey(
        "staff.Team", verbose_name=_("だれにも渡せないときのチーム"), on_delete=models.SET_NULL, null=True,
        blank=True, related_name="+",
    )  # fmt: skip
    givers = models.JSONField(_("代わりに登録する人"), default=list)
    ring = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "setup"


def setup() -> Setup:
    """The firm's settings; as shipped where nobody has changed anything yet."""
    return Setup.objects.select_related("queue_team").order_by("pk").first() or Setup()
