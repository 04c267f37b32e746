"""青山 and 馬場 take leads in turn; it is Tuesday the 24th, in working hours, unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from daifuku.ledger.channel import through

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

TOKYO = ZoneInfo("Asia/Tokyo")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026: the 24th is a Tuesday, the 23rd a holiday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


def when(moment: datetime) -> AbstractContextManager[None]:
    return through("page", at=moment)


@pytest.fixture
def desk(cast: Cast) -> Cast:
    """Switched on since the first of the month; both have been here for long."""
    from daifuku.distribution.actions import edit_setup, keep_taker
    from daifuku.duties.models import Policy
    from daifuku.staff.models import Company

    Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事"})
    Policy.objects.create(begins_on=date(2026, 1, 1))
    with when(at(2, 9)):
        edit_setup({"on": True}, by=cast.mizuno)
        for person in (cast.aoyama, cast.baba):
            keep_taker(person, {"grace_from": "2026-01-01"}, by=cast.mizuno)
    return cast


@pytest.fixture
def lead_of(cast: Cast) -> Callable[..., Any]:
    """A lead that nobody has, of a firm of its own."""
    from daifuku.records import actions

    numbers = iter(range(1, 10_000))

    def make(moment: datetime | None = None, **values: Any) -> Any:
        number = next(numbers)
        base = {"family_name": f"客{number}", "company": f"架空{number}産業", "owner": None}
        with when(moment or at(24, 10)):
            return actions.create("lead", base | values, by=cast.mizuno)

    return make


def entered(person: Any, on_time: int, missing: int, day: date) -> None:
    """So many duties of this person came due on this day."""
    from daifuku.duties.models import Duty
    from daifuku.duties.models.duty import State

    due = datetime(day.year, day.month, day.day, 12, tzinfo=TOKYO)
    Duty.objects.bulk_create(
        Duty(
            key=f"t:{person.pk}:{day}:{number}:{on_time}", kind="plan", origin="plan", owner=person,
            first_due_at=due, due_at=due, due_on=day,
            state=State.ON_TIME if number < on_time else State.OPEN,
        )
        for number in range(on_time + missing)
    )  # fmt: skip
