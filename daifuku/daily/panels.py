"""A report's page: what was done on the day, who has read it, what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.daily import unread
from daifuku.daily.actions.sharing import may_share
from daifuku.daily.compiling import day_of
from daifuku.daily.models import Report, habits
from daifuku.daily.objects.report import DAILY_REPORT, WRITTEN
from daifuku.ledger.models import Event
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.staff.viewer import Viewer

MOST = 20


@dataclass(frozen=True)
class Version:
    """What the report said until `at`."""

    at: datetime
    texts: list[tuple[str, str]]


def register() -> None:
    DAILY_REPORT.panels.extend(
        [
            Panel("daily_turn", _("この日報"), "daily/panels/turn.html", turning, "head", 1),
            Panel("daily_day", _("この日の活動"), "daily/panels/day.html", day, "main", 5),
            Panel(
                "daily_readers",
                pgettext_lazy("readers", "確認"),
                "daily/panels/readers.html",
                readers,
                "side",
                5,
            ),
            Panel("daily_before", _("以前の内容"), "daily/panels/before.html", before, "side", 6),
        ]
    )


def turning(report: Report, viewer: Viewer) -> dict[str, Any] | None:
    if report.trashed_at is not None:
        return None
    mine = report.owner_id == viewer.pk
    read = None if mine else report.readings.filter(person=viewer.pk).first()
    return {
        "mine": mine,
        "may_reopen": mine and report.is_closed,
        "may_write": mine and not report.is_closed,
        "may_read": not mine and report.is_closed and (read is None or read.version != report.version),
        "changed": read is not None and read.version != report.version,
        "read": read,
        "may_share": may_share(viewer),
    }


def day(report: Report, viewer: Viewer) -> dict[str, Any]:
    return {
        "day": day_of(report.writer, report.day, viewer, timezone.now(), habits(), report.closed_at),
        "report": report,
    }


def readers(report: Report, viewer: Viewer) -> dict[str, Any]:
    """Both sides see it."""
    return {"readings": unread.readers_of(report)}


def before(report: Report, viewer: Viewer) -> dict[str, Any] | None:
    """Earlier wordings, from the ledger; nothing where it was never changed."""
    seen = vocabulary.fields_for(viewer, DAILY_REPORT.key)
    events = Event.objects.filter(
        subjects__object=DAILY_REPORT.key, subjects__record_id=report.pk,
        kind__in=["daily_report.closed", "daily_report.edited", "daily_report.reopened"],
    ).order_by("-pk")[:MOST]  # fmt: skip
    found = []
    for event in events:
        texts = [
            (seen[name].name, str(event.changes[name][0] or ""))
            for name in WRITTEN
            if name in event.changes and name in seen and not event.data.get("first")
        ]
        if texts:
            found.append(Version(event.at, texts))
    return {"versions": found} if found else None
