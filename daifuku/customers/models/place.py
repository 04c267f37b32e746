"""Where a customer is and how he is reached: the columns that accounts, contacts and leads share."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """`phone` and `fax` are formatted, `postal_code` is 460-0001."""

    postal_code = models.CharField(_("郵便番号"), max_length=8, blank=True)
    prefecture = models.CharField(_("都道府県"), max_length=10, blank=True)
    city = models.CharField(_("市区町村"), max_length=60, blank=True)
    street = models.CharField(_("町域・番地"), max_length=200, blank=True)
    building = models.CharField(_("建物"), max_length=200, blank=True)
    phone = models.CharField(_("電話番号"), max_length=40, blank=True)
    fax = models.CharField(_("FAX"), max_length=40, blank=True)

    class Meta:
        abstract = True
