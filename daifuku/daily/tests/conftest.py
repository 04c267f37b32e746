"""A working day of 青山, told at a fixed moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.daily import days
from daifuku.daily.models import habits
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast


@pytest.fixture
def today() -> date:
    return days.business_day(timezone.now(), habits())


@pytest.fixture
def talk_at(cast: Cast, firm: Any) -> Any:
    """talk_at(moment, content="complaint")"""

    def make(at: datetime, *, by: Any = None, **values: Any) -> Any:
        given = {
            "account": firm,
            "started_at": at,
            "method": "visit",
            "content": "other",
            "text": "味噌の納期",
        }
        return actions.create("talk", given | values, by=by or cast.aoyama)

    return make


@pytest.fixture
def noon(today: date) -> datetime:
    return datetime.combine(today, datetime.min.time(), timezone.get_default_timezone()) + timedelta(
        hours=5, minutes=1
    )
