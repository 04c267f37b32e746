"""Milestones of long deals and orders on the page of the day, for whoever has to act or to know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from daifuku.activities import today
from daifuku.activities.today import Plans
from daifuku.milestones.ahead import for_today
from daifuku.staff.viewer import Viewer


def register() -> None:
    part = ("milestones/parts/today.html", lines)
    if part not in today.parts:
        today.parts.append(part)


def lines(viewer: Viewer, plans: Plans, now: datetime) -> dict[str, Any] | None:
    found = for_today(viewer, timezone.localtime(now).date())
    return {"lines": found} if found else None
