"""Somebody paid into the fund, or a cut was made by whoever does the wages: written down by hand, never made here."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.duties.whose import people_seen
from daifuku.foundation.uuid7 import uuid7
from daifuku.staff.viewer import Viewer


class PaymentQuerySet(models.QuerySet["Payment"]):
    def visible_to(self, viewer: Viewer) -> PaymentQuerySet:
        people = people_seen(viewer)
        return self if people is None else self.filter(person_id__in=people)


class Payment(models.Model):
    """`month` is the first day of the month whose statement it pays."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("対象の月"))
    amount = models.PositiveIntegerField(_("金額（円）"))
    paid_on = models.DateField(_("受領日"))
    note = models.CharField(_("備考"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[PaymentQuerySet] = PaymentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["-paid_on", "-id"]

    def __str__(self) -> str:
        return f"{self.person} {self.amount}"
