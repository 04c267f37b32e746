"""What deals, orders and deliveries come to, by month: so that a year of two million lines is read in a moment.

`Booked` holds what each record comes to now. When the record changes, its rows are replaced and the difference is added
to `Summed`, which is only ever added to: many may write at once without waiting for one another. A job puts rows that
are alike together. All columns that rights ask for stand here as well, so a sum is exactly that of the visible records.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

PERSON: dict[str, Any] = {
    "on_delete": models.DO_NOTHING,
    "null": True,
    "related_name": "+",
    "db_index": False,
    "db_constraint": False,
}


class Amounts(models.Model):
    """`part` is the product group of goods, the forecast category of open deals. `weighted` is the amount times the
    probability; `count` how many records."""

    source = models.CharField(max_length=12)
    month = models.DateField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    team = models.ForeignKey("staff.Team", **PERSON)
    privacy = models.CharField(max_length=8, blank=True)
    part = models.CharField(max_length=40, blank=True)
    amount = models.BigIntegerField()
    weighted = models.BigIntegerField()
    count = models.BigIntegerField()

    class Meta:
        abstract = True


class Booked(Amounts):
    """`record_id` is the deal or order that it is of."""

    record_id = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["source", "record_id"], name="booked_record")]


class Summed(Amounts):
    class Meta:
        indexes: ClassVar = [models.Index(fields=["source", "month", "owner"], name="summed_month")]


class Kept(Amounts):
    """The sums as they stood on a day, taken once a week."""

    taken_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["source", "month", "taken_on"], name="kept_month")]
