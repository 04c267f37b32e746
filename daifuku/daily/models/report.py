"""日報: what somebody says about a day that he has closed. What he did is read from the records, not kept here."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.records.models import Record

PRESENT = Q(trashed_at__isnull=True)
CLOSED, REOPENED = "closed", "reopened"


def duty_key(person: int, day: date) -> str:
    return f"daily_report:{person}:{day.isoformat()}"


class Report(Record):
    """`owner` wrote it. There is a row from the first time that he closes the day; drafts stand elsewhere.

    Only verbs change `state`. `first_closed_at` is what counts for being in time, `closed_at` the last time.
    """

    object_key: ClassVar[str] = "daily_report"

    title = models.CharField(_("件名"), max_length=120)
    day = models.DateField(_("日付"))
    state = models.CharField(_("状態"), max_length=40, default=CLOSED)
    remark = models.TextField(_("所感"), blank=True)
    consult = models.TextField(_("相談"), blank=True)
    closed_at = models.DateTimeField(_("締めた日時"))
    first_closed_at = models.DateTimeField(_("最初に締めた日時"))

    class Meta(Record.Meta):
        verbose_name = _("日報")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "day"], name="daily_report_once", condition=PRESENT)
        ]
        indexes: ClassVar = [
            models.Index(fields=["-day", "-id"], name="daily_report_by_day", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="daily_report_by_change", condition=PRESENT),
            models.Index(
                fields=["trashed_at"], name="daily_report_trash", condition=Q(trashed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def writer(self) -> Any:
        """The person who wrote it: a report always has one."""
        return self.owner

    @property
    def duty(self) -> str:
        """The key of the duty that is done with it."""
        return duty_key(self.owner_id or 0, self.day)

    @property
    def is_closed(self) -> bool:
        return self.state == CLOSED
