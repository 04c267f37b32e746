"""What somebody earns, as far as the law's two caps on a disciplinary cut ask for it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# 労働基準法91条: half of one day's average wage for one event, a tenth of the wages of one pay period in all.
HALF, TENTH = 2, 10


class Wage(models.Model):
    """`daily` is the average wage of a day (平均賃金, 労働基準法12条), `period` all wages of one pay period, in yen."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    daily = models.PositiveIntegerField(_("平均賃金（1日、円）"))
    period = models.PositiveIntegerField(_("一賃金支払期の賃金総額（円）"))

    def __str__(self) -> str:
        return str(self.person)

    @property
    def most_at_once(self) -> int:
        return self.daily // HALF

    @property
    def most_in_all(self) -> int:
        return self.period // TENTH
