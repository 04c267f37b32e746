"""What stands on every paper of the firm besides its particulars: bank accounts, seal, standard texts, ways of
counting."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.documents.amounts import Rounding

ROUNDINGS = (
    (Rounding.DOWN.value, pgettext_lazy("rounding", "切り捨て")),
    (Rounding.HALF.value, pgettext_lazy("rounding", "四捨五入")),
    (Rounding.UP.value, pgettext_lazy("rounding", "切り上げ")),
)
YEARS = (("calendar", _("暦年（1月から）")), ("fiscal", _("会計年度")))


class Issuer(models.Model):
    """One row, or none while nobody has set anything. Name, address and 登録番号 are the firm's (`staff.Company`).

    `banks`: `[{"bank", "branch", "kind", "number", "holder"}]`; `texts` and `templates`: `{kind of paper: text}`;
    `seal` is
    the stored name of the picture. `years`: whether numbers begin anew in January or with the fiscal year.
    """

    fax = models.CharField(_("FAX"), max_length=40, blank=True)
    email = models.CharField(_("メールアドレス"), max_length=254, blank=True)
    web = models.CharField(_("ウェブサイト"), max_length=500, blank=True)
    head = models.CharField(_("代表者"), max_length=100, blank=True)
    banks = models.JSONField(_("振込先"), default=list, blank=True)
    seal = models.CharField(_("印影"), max_length=100, blank=True)
    seal_type = models.CharField(max_length=40, blank=True)
    texts = models.JSONField(_("定型文"), default=dict, blank=True)
    templates = models.JSONField(_("番号の形"), default=dict, blank=True)
    years = models.CharField(_("番号を振り直す年"), max_length=10, choices=YEARS, default="calendar")
    rounding = models.CharField(
        _("消費税の端数"), max_length=4, choices=ROUNDINGS, default=Rounding.DOWN.value
    )
    included = models.BooleanField(_("税込価格で入力する"), default=False)
    version = models.PositiveIntegerField(default=1)

    PLAIN: ClassVar[tuple[str, ...]] = ("fax", "email", "web", "head", "years", "rounding", "included")

    def __str__(self) -> str:
        return str(self.pk)


def issuer() -> Issuer:
    """As it stands now."""
    return Issuer.objects.first() or Issuer()
