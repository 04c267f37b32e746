"""What was missing is noted once, on the morning after; what is excused never; a clean week takes a point back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.duties.actions import excuse, fulfil
from daifuku.foundation.calendar import add_months
from daifuku.foundation.errors import Invalid
from daifuku.ledger.models import Event
from daifuku.penalties.actions import (
    consent,
    edit_terms,
    enter_clean_weeks,
    enter_misses,
    reconcile,
    set_wage,
    take_back_consent,
)
from daifuku.penalties.models import Entry, EntryState, Terms
from daifuku.penalties.periods import CLOSING_DAYS, bounds, month_of
from daifuku.penalties.statement import month_from, sums_of
from daifuku.penalties.tests.conftest import at, when
from daifuku.records import undoing
from daifuku.staff.models import Person

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Missed = Callable[..., Any]
MORNING = date(2026, 11, 25)


def note() -> int:
    return enter_misses(MORNING, at(25, 6))


def test_what_is_missing_is_noted_once(cast: Cast, missed: Missed) -> None:
    missed()
    assert (note(), note()) == (1, 0)
    entry = Entry.objects.get()
    assert (entry.person, entry.day, entry.points, entry.amount) == (cast.aoyama, date(2026, 11, 24), 1, 0)


def test_what_was_entered_late_or_is_excused_is_not(cast: Cast, missed: Missed) -> None:
    fulfil(missed(), by=cast.aoyama, at=at(24, 20))
    excuse(missed(), "停電", by=cast.osaki)
    missed(at(25, 12))
    assert note() == 0


def test_nothing_is_noted_while_it_is_off(cast: Cast, missed: Missed) -> None:
    missed()
    edit_terms({"on": False}, by=cast.mizuno)
    assert note() == 0


def test_what_is_excused_afterwards_is_taken_out_and_comes_back(cast: Cast, missed: Missed) -> None:
    duty = missed()
    note()
    excuse(duty, "停電", by=cast.osaki)
    with when(at(25, 9)):
        reconcile()
        assert Entry.objects.get().state == EntryState.WITHDRAWN
        undoing.undo(Event.objects.get(kind="duty.excused"), by=cast.osaki)
        reconcile([cast.aoyama.pk])
    assert Entry.objects.get().state == EntryState.STANDS


def test_what_a_phone_brings_in_afterwards_is_taken_out(cast: Cast, missed: Missed) -> None:
    duty = missed()
    note()
    fulfil(duty, by=cast.aoyama, at=at(25, 10), entered_at=at(24, 11))
    with when(at(25, 11)):
        reconcile()
    assert Entry.objects.get().state == EntryState.WITHDRAWN


def test_the_fund_is_for_those_who_agreed(cast: Cast, missed: Missed) -> None:
    edit_terms({"mode": "fund", "amount": "500"}, by=cast.mizuno)
    consent("青山凛", by=cast.aoyama)
    missed()
    missed(person=cast.baba)
    note()
    assert dict(Entry.objects.values_list("person__family_name", "amount")) == {"青山": 500, "馬場": 0}
    take_back_consent(by=cast.aoyama)
    missed(at(24, 13))
    note()
    assert sorted(Entry.objects.filter(person=cast.aoyama).values_list("amount", flat=True)) == [0, 500]


def test_agreed_to_500_is_not_agreed_to_1000(cast: Cast, missed: Missed) -> None:
    edit_terms({"mode": "fund", "amount": "500"}, by=cast.mizuno)
    consent("青山 凛", by=cast.aoyama)
    edit_terms({"amount": "1000"}, by=cast.mizuno)
    missed()
    note()
    assert Entry.objects.get().amount == 500


def test_a_cut_stays_below_a_tenth_of_the_wages(cast: Cast, missed: Missed) -> None:
    edit_terms({"mode": "discipline", "amount": "500", "work_rules": "第48条"}, by=cast.mizuno)
    set_wage(cast.aoyama, "8,000", "12,000", by=cast.mizuno)
    for hour in (9, 10, 11, 12):
        missed(at(24, hour))
    missed(person=cast.baba)
    note()
    rows = Entry.objects.filter(person=cast.aoyama).order_by("pk").values_list("amount", flat=True)
    assert list(rows) == [500, 500, 200, 0]
    assert Entry.objects.get(person=cast.baba).why_less == "no_wage"


def test_the_cap_is_counted_by_pay_period(cast: Cast, missed: Missed) -> None:
    """Closed on the 20th: what lies before it is of another period than what lies behind it, in the same month."""
    terms = {"mode": "discipline", "amount": "500", "work_rules": "第48条", "closing_day": 20}
    edit_terms(terms, by=cast.mizuno)
    set_wage(cast.aoyama, "8,000", "10,000", by=cast.mizuno)
    for day in (16, 17, 18, 24, 25, 26):
        missed(at(day, 9))
    enter_misses(date(2026, 11, 27), at(27, 6))
    rows = Entry.objects.filter(person=cast.aoyama).order_by("day").values_list("day", "amount")
    assert [(day.day, amount) for day, amount in rows] == [
        (16, 500), (17, 500), (18, 0), (24, 500), (25, 500), (26, 0),
    ]  # fmt: skip
    rules, people = Terms.objects.get(), [cast.aoyama]
    [november] = sums_of(people, date(2026, 11, 1), rules)
    [december] = sums_of(people, date(2026, 12, 1), rules)
    assert (november.amount, december.amount) == (1000, 1000)
    assert month_from("", date(2026, 11, 25), rules) == date(2026, 12, 1)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(CLOSING_DAYS))
def test_every_day_lies_in_exactly_the_period_that_is_called_by_its_month(day: date, closing: int) -> None:
    month = month_of(day, closing)
    first, last = bounds(month, closing)
    assert first <= day <= last
    assert bounds(add_months(month, 1), closing)[0] == last + timedelta(days=1)


def test_a_closing_day_that_some_months_lack_is_refused(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        edit_terms({"closing_day": "30"}, by=cast.mizuno)
    assert refused.value.problems[0].field == "closing_day"


def test_a_clean_week_takes_one_point_back(cast: Cast, missed: Missed) -> None:
    missed(at(10, 12))
    enter_misses(date(2026, 11, 11), at(11, 6))
    fulfil(missed(at(18, 12)), by=cast.aoyama, at=at(18, 11))
    monday = date(2026, 11, 23)
    assert enter_clean_weeks(monday, at(23, 6)) == 1
    assert enter_clean_weeks(monday, at(23, 6)) == 0
    assert sum(Entry.objects.values_list("points", flat=True)) == 0
    assert enter_clean_weeks(date(2026, 11, 30), at(30, 6)) == 0, "without points there is none to take back"


def test_nobody_is_noted_for_what_was_before_it_began(cast: Cast, missed: Missed) -> None:
    missed(at(24, 12))
    edit_terms({"begins_on": "2026-11-25"}, by=cast.mizuno)
    assert note() == 0
    assert Person.objects.count() == 7
