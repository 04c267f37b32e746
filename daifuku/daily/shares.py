"""What was shared with all, as one person may know it: the name of a record that is not for him is not told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from daifuku.daily.models import Shared
from daifuku.records.catalogue import registry
from daifuku.records.scope import seen_of_kinds
from daifuku.records.showing import hidden_name
from daifuku.staff.viewer import Viewer

NEWEST = timedelta(days=7)


@dataclass(frozen=True)
class Told:
    shared: Shared
    name: str = ""
    url: str = ""
    kind: str = ""


def told(rows: Iterable[Shared], viewer: Viewer) -> list[Told]:
    """A question for each kind of record."""
    every = list(rows)
    seen = seen_of_kinds(((each.subject_object, each.subject_id) for each in every), viewer)
    return [_told(each, seen.get((each.subject_object, each.subject_id or 0))) for each in every]


def standing() -> Any:
    return Shared.objects.filter(withdrawn_at__isnull=True).select_related("by").order_by("-at", "-id")


def of_day(day: date, viewer: Viewer) -> list[Told]:
    return told(standing().filter(day=day), viewer)


def newest(viewer: Viewer, today: date, most: int = 3) -> list[Told]:
    """For the start page: what was shared within the last days."""
    return told(standing().filter(day__gte=today - NEWEST)[:most], viewer)


def for_today(viewer: Viewer, plans: Any, now: datetime) -> dict[str, Any] | None:
    """On the page of the day; nothing where nothing was shared."""
    found = newest(viewer, timezone.localdate(now))
    return {"shared": found} if found else None


def _told(shared: Shared, record: Any) -> Told:
    if not registry.has(shared.subject_object):
        return Told(shared)
    kind = registry.get(shared.subject_object).name
    if record is None:
        return Told(shared, hidden_name(shared.subject_object), "", kind)
    return Told(shared, str(record), record.get_absolute_url(), kind)
