"""What the pages of daily reports share: the tabs, and the day that an address names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.daily import days, who
from daifuku.daily.models import habits
from daifuku.daily.models.habit import Habits
from daifuku.foundation.errors import NotFound
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer


def viewer_of_reports(request: HttpRequest) -> Viewer:
    viewer = viewer_at(request)
    if not viewer.may(who.OBJECT, "view"):
        raise NotFound
    return viewer


def tabs(viewer: Viewer, here: str, rules: Habits | None = None) -> list[dict[str, Any]]:
    """The ways from one page of daily reports to the others."""
    shown = [("mine", _("自分の日報")), ("all", _("皆の日報"))]
    if who.reads_mornings(viewer, rules or habits()):
        shown.append(("morning", _("朝の一枚")))
    shown.append(("shared_list", _("共有されたこと")))
    return [
        {"key": key, "label": label, "address": reverse(f"daily:{key}"), "here": key == here}
        for key, label in shown
    ]


def day_in(text: str, today: date) -> date:
    """The day that an address names; today for none. Raises NotFound for what is none and for what is to come."""
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotFound from error
    if day > today or day.year < 2000:
        raise NotFound
    return day


def today_of(rules: Habits) -> date:
    return days.business_day(timezone.now(), rules)
