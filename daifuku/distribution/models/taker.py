"""Who takes leads, how many, and when he was left out because he did not enter."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Taker(models.Model):
    """`weight` is how often his turn comes; 0 as a limit is none. Within `grace_from` and the days of grace nobody is
    left out. `out_since` is set while he is out by his rate; `good_days` are the working days in a row, up to
    `judged_on`, on which it was high enough.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    active = models.BooleanField(_("振り分けに加わる"), default=True)
    weight = models.PositiveSmallIntegerField(_("重み"), default=1)
    most_open = models.PositiveIntegerField(_("対応中の上限"), default=0)
    most_a_day = models.PositiveSmallIntegerField(_("1日の上限"), default=0)
    grace_from = models.DateField(_("入力率を見ない期間の始まり"))
    out_since = models.DateTimeField(null=True)
    good_days = models.PositiveSmallIntegerField(default=0)
    judged_on = models.DateField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["person__family_kana", "person__given_kana", "id"]

    def __str__(self) -> str:
        return str(self.person)


class Spell(models.Model):
    """The days on which somebody got no new leads, with the rates at both ends: what the report compares."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField()
    began_percent = models.PositiveSmallIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_percent = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["-began_at", "-id"]
        indexes = [models.Index(fields=["person", "-began_at"], name="spell_of_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.began_at:%Y-%m-%d}"
