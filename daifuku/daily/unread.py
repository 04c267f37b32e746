"""What waits to be read: for whoever leads people their closed reports, for the writer who has read his."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from daifuku.daily import who
from daifuku.daily.models import Reading, Report, habits
from daifuku.daily.models.report import CLOSED
from daifuku.duties.whose import POWER, people_led
from daifuku.staff.viewer import Viewer

# Whoever was away longer does not read them one by one.
BACK = timedelta(days=31)
MOST = 99


def unread(viewer: Viewer, today: date) -> Any:
    """Closed reports of those whom this person leads, that he has not read as they stand now."""
    led = [person.pk for person in who.led_by(viewer, who.writers(habits()))]
    done = Reading.objects.filter(report=OuterRef("pk"), person=viewer.pk, version=OuterRef("version"))
    rows = Report.objects.visible_to(viewer).filter(
        owner_id__in=led, day__gte=today - BACK, day__lte=today, state=CLOSED
    )
    return rows.exclude(Exists(done)).order_by("-day", "owner_id")


def count_for(viewer: Viewer) -> int:
    """The number at the menu; nothing for whoever leads nobody."""
    if not viewer.may("daily_report", "view") or not may_count(viewer):
        return 0
    return len(unread(viewer, timezone.localdate()).values_list("pk", flat=True)[: MOST + 1])


def may_count(viewer: Viewer) -> bool:
    return viewer.has_power(POWER) or bool(people_led(viewer))


def readings_of(reports: Sequence[Report]) -> dict[int, list[Reading]]:
    """Who has read each of them, first come first."""
    found: dict[int, list[Reading]] = {}
    rows = Reading.objects.filter(report__in=[report.pk for report in reports]).select_related("person")
    for reading in rows.order_by("at", "id"):
        found.setdefault(reading.report_id, []).append(reading)
    return found


def readers_of(report: Report) -> list[tuple[Reading, bool]]:
    """Who has read it, and whether it was changed since he did."""
    rows = readings_of([report]).get(report.pk, [])
    return [(reading, reading.version != report.version) for reading in rows]
