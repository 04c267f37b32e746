"""After a restore nothing leaves the house until somebody decided about what the backup held in waiting."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class HoldQuerySet(models.QuerySet["Hold"]):
    def undecided(self) -> HoldQuerySet:
        return self.filter(decided_at__isnull=True)


class Hold(models.Model):
    """Up to which numbers everything came out of the backup: that may have been sent since by what was backed up.

    Numbers, not times: the clock of the new machine may be another one.
    """

    since = models.DateTimeField(default=timezone.now)
    last_event = models.BigIntegerField(default=0)
    last_mail = models.BigIntegerField(default=0)
    last_delivery = models.BigIntegerField(default=0)
    last_job = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    discarded = models.BooleanField(default=False)

    objects: ClassVar[HoldQuerySet] = HoldQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M}"

    @property
    def old_mails(self) -> Q:
        return Q(pk__lte=self.last_mail) | Q(event__lte=self.last_event)

    @property
    def old_deliveries(self) -> Q:
        return Q(pk__lte=self.last_delivery) | Q(event__lte=self.last_event)
