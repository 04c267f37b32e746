"""Whether 入力漏れ are noted, and what follows: points, a fund that people agreed to, or a cut within the law."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    POINTS = "points", _("点数だけ（お金は動かない）")
    FUND = "fund", _("任意の積立（同意した人だけ）")
    DISCIPLINE = "discipline", _("就業規則による減給（法律の上限まで）")


def _today() -> date:
    return timezone.localdate()


class Terms(models.Model):
    """One row. `amount` is yen for each 入力漏れ where money is meant at all; nothing is deducted by the program.
    `closing_day` ends the pay period in which the cap of the law and the statements are counted; 31 is month's end.
    """

    on = models.BooleanField(_("入力漏れの台帳を使う"), default=False)
    mode = models.CharField(_("扱い"), max_length=10, choices=Mode, default=Mode.POINTS)
    amount = models.PositiveIntegerField(_("1件あたりの金額（円）"), default=500)
    begins_on = models.DateField(_("記帳を始める日"), default=_today)
    clean_week = models.BooleanField(_("入力漏れのない週に1点戻す"), default=True)
    closing_day = models.PositiveSmallIntegerField(_("賃金の締め日"), default=31)
    work_rules = models.CharField(_("就業規則の条文"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return "terms"

    @property
    def with_money(self) -> bool:
        return self.mode != Mode.POINTS


def terms() -> Terms:
    """The firm's terms; as shipped (off) where nobody has changed anything yet."""
    return Terms.objects.order_by("pk").first() or Terms()
