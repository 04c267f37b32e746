"""The firm that uses this program: one row."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    name = models.CharField(_("会社名"), max_length=120)
    kana = models.CharField(_("会社名カナ"), max_length=120, blank=True)
    postal_code = models.CharField(_("郵便番号"), max_length=8, blank=True)
    address = models.CharField(_("住所"), max_length=200, blank=True)
    phone = models.CharField(_("電話番号"), max_length=40, blank=True)
    corporate_number = models.CharField(_("法人番号"), max_length=13, blank=True)
    invoice_number = models.CharField(_("インボイス登録番号"), max_length=14, blank=True)
    fiscal_start_month = models.PositiveSmallIntegerField(_("会計年度の開始月"), default=4)
    second_factor_required = models.BooleanField(_("二段階認証を必須にする"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name
