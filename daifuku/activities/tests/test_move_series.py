"""A series of plans moves to another day of the week or of the month, from one plan on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daifuku.activities.actions import move
from daifuku.activities.actions.making_ahead import make_all
from daifuku.activities.actions.series import change_following, repeat_plan
from daifuku.activities.actions.series_days import other_day
from daifuku.activities.models import Plan, Series
from daifuku.foundation.errors import Invalid
from daifuku.foundation.repeating import days_of
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
MONDAY, WEDNESDAY, THURSDAY = 0, 2, 3


def next_monday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), TOKYO)


@pytest.fixture
def plan(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    monday = next_monday()
    values = {
        "account": firm,
        "method": "visit",
        "subject": "定例",
        "started_at": at(monday),
        "ended_at": at(monday, 11),
    }
    return actions.create("plan", values, by=cast.aoyama)


def standing() -> list[Any]:
    return list(Plan.plain.filter(trashed_at__isnull=True, state="planned").order_by("started_at"))


def days() -> list[date]:
    return [timezone.localtime(each.started_at).date() for each in standing()]


def weekdays() -> list[int]:
    return [day.weekday() for day in days()]


def test_from_one_on_all_are_on_another_day_of_the_week(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, {"unit": "week"}, by=cast.aoyama)
    third = standing()[2]
    change_following(third, {"started_at": at(days()[2] + timedelta(days=2), 14)}, by=cast.aoyama)
    assert weekdays()[:3] == [MONDAY, MONDAY, WEDNESDAY]
    assert set(weekdays()[2:]) == {WEDNESDAY}
    assert {timezone.localtime(each.started_at).hour for each in standing()[2:]} == {14}
    assert {each.ended_at - each.started_at for each in standing()} == {timedelta(hours=1)}
    assert all(each.series_on == timezone.localtime(each.started_at).date() for each in standing())
    assert Series.objects.get().repetition["weekdays"] == [WEDNESDAY]


def test_those_that_are_made_later_are_on_the_new_day(
    cast: Cast, plan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    repeat_plan(plan, {"unit": "week"}, by=cast.aoyama)
    change_following(plan, {"started_at": at(next_monday() + timedelta(days=3))}, by=cast.aoyama)
    later = timezone.localdate() + timedelta(days=28)
    monkeypatch.setattr(timezone, "localdate", lambda *_: later)
    make_all()
    found = days()
    assert set(weekdays()) == {THURSDAY}
    assert found == [found[0] + timedelta(days=7 * number) for number in range(len(found))], (
        "none twice, none missing"
    )


def test_a_day_that_came_within_reach_is_made_at_once(cast: Cast, plan: Any) -> None:
    plan = move(plan, at(next_monday() + timedelta(days=6)), by=cast.aoyama)
    repeat_plan(plan, {"unit": "week"}, by=cast.aoyama)
    change_following(plan, {"started_at": at(next_monday())}, by=cast.aoyama)
    found = days()
    assert found == [next_monday() + timedelta(days=7 * number) for number in range(len(found))]
    assert found[-1] > timezone.localdate() + timedelta(days=52)


def test_of_several_days_only_this_one_moves_and_never_onto_another(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, {"unit": "week", "weekdays": ["0", "3"]}, by=cast.aoyama)
    with pytest.raises(Invalid) as refused:
        change_following(plan, {"started_at": at(next_monday() + timedelta(days=3))}, by=cast.aoyama)
    assert "すでにあります" in str(refused.value.problems[0].message)
    change_following(plan, {"started_at": at(next_monday() + timedelta(days=2))}, by=cast.aoyama)
    assert weekdays()[:4] == [WEDNESDAY, THURSDAY, WEDNESDAY, THURSDAY]


def test_what_was_moved_by_itself_keeps_its_day(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, {"unit": "week"}, by=cast.aoyama)
    own = next_monday() + timedelta(days=11)
    move(standing()[1], at(own), by=cast.aoyama)
    change_following(plan, {"started_at": at(next_monday() + timedelta(days=2))}, by=cast.aoyama)
    assert days()[1] == own
    assert weekdays()[2] == WEDNESDAY
    make_all()
    assert len(set(days())) == len(days())


def test_another_week_another_month_and_every_day_are_refused(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, {"unit": "week"}, by=cast.aoyama)
    with pytest.raises(Invalid) as refused:
        change_following(plan, {"started_at": at(next_monday() + timedelta(days=9))}, by=cast.aoyama)
    assert refused.value.problems[0].field == "started_at"
    daily = actions.create(
        "plan",
        {"account": plan.account, "subject": "毎日", "started_at": at(next_monday(), 9)},
        by=cast.aoyama,
    )
    repeat_plan(daily, {"unit": "day", "count": "3"}, by=cast.aoyama)
    with pytest.raises(Invalid) as refused:
        change_following(daily, {"started_at": at(next_monday() + timedelta(days=1), 9)}, by=cast.aoyama)
    assert "毎日" in str(refused.value.problems[0].message)


def test_on_another_day_of_the_month(cast: Cast, plan: Any) -> None:
    first = next_monday().replace(day=1)
    start = (first + timedelta(days=40)).replace(day=10)
    plan = move(plan, at(start), by=cast.aoyama)
    repeat_plan(plan, {"unit": "month"}, by=cast.aoyama)
    change_following(plan, {"started_at": at(start.replace(day=20))}, by=cast.aoyama)
    assert {day.day for day in days()} == {20}
    assert Series.objects.get().repetition["day"] == 20


def test_one_undo_brings_all_days_back(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, {"unit": "week"}, by=cast.aoyama)
    before = days()
    change_following(plan, {"started_at": at(next_monday() + timedelta(days=2))}, by=cast.aoyama)
    undoing.undo(Event.objects.filter(kind="plan.series_changed").latest("pk"), by=cast.aoyama)
    assert days()[: len(before)] == before
    assert Series.objects.get().repetition["weekdays"] == [MONDAY]
    assert [each.series_on for each in standing()][: len(before)] == before


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.dates(date(2026, 1, 1), date(2027, 12, 1)), weekday=st.integers(0, 6), every=st.integers(1, 3),
    rest=st.sampled_from(["leave", "before", "after", "skip"]),
)  # fmt: skip
def test_days_go_where_the_new_rule_has_them(start: date, weekday: int, every: int, rest: str) -> None:
    from daifuku.activities import repetition

    kept = repetition.clean({"unit": "week", "every": str(every), "rest": rest}, start)
    series = Series(repetition=kept, made_until=start + timedelta(days=90))
    first, monday = next(days_of(repetition.rule_of(kept))), start - timedelta(days=start.weekday())
    if first - timedelta(days=first.weekday()) != monday:
        return
    moved = other_day(series, first, monday + timedelta(days=weekday), series.made_until)
    new = set(days_of_until(moved.kept, series.made_until + timedelta(days=21), start - timedelta(days=14)))
    others = {day for known, day in moved.days.items() if day is not None and known != first}
    assert others <= new


def days_of_until(kept: dict[str, Any], until: date, start: date) -> list[date]:
    from daifuku.activities import repetition

    aligned = start - timedelta(days=start.weekday())
    weeks = (date.fromisoformat(kept["start"]) - aligned).days // 7
    aligned -= timedelta(days=7 * (-weeks % kept["every"]))
    found: list[date] = []
    for day in days_of(repetition.rule_of({**kept, "start": aligned.isoformat()})):
        if day > until:
            return found
        found.append(day)
    return found
