"""Half days, absence, substitutes: what fell into them is no miss, also when it is told afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities.actions import finish
from daifuku.duties.absences import stand_in
from daifuku.duties.actions import take_day_off
from daifuku.duties.models import DayOff, Duty, Part, State
from daifuku.duties.rate import gaps
from daifuku.duties.sources.sweeping import sweep
from daifuku.duties.tests.conftest import at, when
from daifuku.foundation.errors import Conflict, Invalid, NotFound
from daifuku.jobs.testing import work_off
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.records import undoing
from daifuku.staff.actions import set_absence

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

Plan = Callable[..., Any]


def away(cast: Cast) -> None:
    """On the 24th and 25th; 馬場 stands in."""
    set_absence(
        cast.aoyama, absent_from=date(2026, 11, 24), absent_until=date(2026, 11, 25), substitute=cast.baba,
        by=cast.aoyama,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_half_day_puts_the_deadline_off(cast: Cast, plan_at: Plan) -> None:
    plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 11, 1))
    assert Duty.objects.get().state_at(at(24, 18)) == State.MISSING
    with when(at(25, 9)):
        take_day_off(cast.aoyama, date(2026, 11, 24), Part.AFTERNOON, "通院", by=cast.aoyama)
    duty = Duty.objects.get()
    assert (duty.due_at, duty.first_due_at) == (at(25, 12), at(24, 14))
    assert duty.state_at(at(25, 11)) == State.OPEN
    with when(at(25, 9)):
        undoing.undo(Event.objects.get(kind="day_off.taken"), by=cast.aoyama)
    assert Duty.objects.get().due_at == at(24, 14)


@pytest.mark.django_db
def test_what_was_late_is_in_time_after_all(cast: Cast, plan_at: Plan) -> None:
    plan = plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 11, 1))
    with when(at(25, 10)):
        finish(
            plan, {"content": "other", "text": "x", "started_at": at(24, 10), "minutes": 60}, by=cast.aoyama
        )
        assert Duty.objects.get().state == State.LATE
        take_day_off(cast.aoyama, date(2026, 11, 24), Part.AFTERNOON, by=cast.osaki)
    assert Duty.objects.get().state == State.ON_TIME


@pytest.mark.django_db
def test_days_off_are_checked(cast: Cast) -> None:
    with when(at(24, 9)):
        with pytest.raises(NotFound):
            take_day_off(cast.aoyama, date(2026, 11, 24), by=cast.baba)
        with pytest.raises(Invalid):
            take_day_off(cast.aoyama, date(2026, 11, 2), by=cast.aoyama)
        take_day_off(cast.aoyama, date(2026, 11, 2), by=cast.osaki)
        with pytest.raises(Conflict):
            take_day_off(cast.aoyama, date(2026, 11, 2), by=cast.osaki)
    assert DayOff.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_absence_that_is_told_afterwards_moves_deadlines(cast: Cast, plan_at: Plan) -> None:
    subscribing.deliver()
    plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 11, 1))
    with when(at(26, 9)):
        away(cast)
    subscribing.deliver()
    work_off()
    assert Duty.objects.get().due_at == at(26, 12)


@pytest.mark.django_db
def test_the_substitute_has_it_on_his_list_until_the_other_is_back(cast: Cast, plan_at: Plan) -> None:
    plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 11, 1))
    with when(at(24, 9)):
        away(cast)
    stand_in(date(2026, 11, 25))
    assert len(gaps(cast.baba, date(2026, 11, 30))) == 1
    assert gaps(cast.aoyama, date(2026, 11, 30)) == []
    stand_in(date(2026, 11, 26))
    assert len(gaps(cast.aoyama, date(2026, 11, 30))) == 1


@pytest.mark.django_db
def test_who_is_away_without_an_end_owes_nothing(cast: Cast, plan_at: Plan) -> None:
    with when(at(2, 9)):
        set_absence(
            cast.aoyama, absent_from=date(2026, 11, 3), absent_until=None, substitute=None, by=cast.aoyama
        )
    plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 11, 1))
    assert Duty.objects.get().state == State.EXCUSED
