"""What a record that becomes a paper has: number, title, how it counts, and its sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.documents.amounts import RateSum, Rounding, Totals
from daifuku.documents.models.issuer import ROUNDINGS


class Paper(models.Model):
    """A draft has no number; an issued paper has one and `issued_on`. The sums are those of its lines, kept so
    that lists
    can sort and filter by them (`put_totals`); `rates` is `[[class, rate, net, tax]]`."""

    number = models.CharField(_("番号"), max_length=40, blank=True)
    issued_on = models.DateField(_("発行日"), null=True, blank=True)
    title = models.CharField(_("件名"), max_length=200, blank=True)
    rounding = models.CharField(
        _("消費税の端数"), max_length=4, choices=ROUNDINGS, default=Rounding.DOWN.value
    )
    included = models.BooleanField(_("税込価格で入力する"), default=False)
    net = models.BigIntegerField(_("税抜金額"), default=0)
    tax = models.BigIntegerField(_("消費税額"), default=0)
    total = models.BigIntegerField(_("合計金額"), default=0)
    rates = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    def put_totals(self, found: Totals) -> None:
        self.net, self.tax, self.total = found.net, found.tax, found.gross
        self.rates = [[each.tax_class, str(each.rate), each.net, each.tax] for each in found.rates]

    @property
    def rate_sums(self) -> list[RateSum]:
        return [RateSum(key, Decimal(rate), net, tax) for key, rate, net, tax in self._rows()]

    def _rows(self) -> list[Any]:
        return list(self.rates)
