"""入力率: what came in on time, late and not at all, with the items behind every number."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from daifuku.duties.actions import excuse, fulfil, owe
from daifuku.duties.models import Duty, Policy, State
from daifuku.duties.rate import gaps, rates, together

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)
TEN = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def from_the_first() -> None:
    Policy.objects.create(begins_on=date(2026, 1, 1))


def owed(cast: Cast, number: int, due: datetime = TEN) -> Duty:
    return owe(f"test:{number}", origin="plan", owner=cast.aoyama, due_at=due, label=f"約束{number}")


def test_five_of_thirteen_is_explained_item_by_item(cast: Cast) -> None:
    for number in range(13):
        duty = owed(cast, number)
        if number < 4:
            fulfil(duty, by=cast.aoyama, at=TEN - timedelta(minutes=1))
        elif number < 6:
            fulfil(duty, by=cast.aoyama, at=TEN + timedelta(hours=1))
    rate = rates([cast.aoyama], DAY, DAY, now=EVENING)[cast.aoyama.pk]
    assert rate.share == Decimal(5) / 13
    assert rate.percent == 38
    assert rate.explanation == "13件のうち、期限内 4件、遅れ 2件、入力漏れ 7件"
    assert rate.items("missing", now=EVENING).count() == 7
    assert [duty.label for duty in rate.items("late", now=EVENING)] == ["約束4", "約束5"]


def test_fewer_than_five_are_not_judged(cast: Cast) -> None:
    for number in range(4):
        owed(cast, number)
    rate = rates([cast.aoyama], DAY, DAY, now=EVENING)[cast.aoyama.pk]
    assert rate.share is None
    assert rate.words == "判定なし"


def test_what_is_excused_or_not_due_does_not_count(cast: Cast) -> None:
    duties = [owed(cast, number) for number in range(6)]
    owed(cast, 7, EVENING + timedelta(minutes=5))
    excuse(duties[0], "電波のない山の中だったため", by=cast.osaki)
    for duty in duties[1:]:
        fulfil(duty, by=cast.aoyama, at=TEN)
    rate = rates([cast.aoyama], DAY, DAY, now=EVENING)[cast.aoyama.pk]
    assert (rate.percent, rate.total.excused, rate.total.open) == (100, 1, 1)


def test_the_phones_own_time_counts(cast: Cast) -> None:
    duty = fulfil(owed(cast, 1), by=cast.aoyama, at=EVENING, entered_at=TEN - timedelta(minutes=2))
    assert duty.state == State.ON_TIME
    assert duty.done_at == EVENING


def test_the_rate_of_a_team_is_that_of_all_its_duties(cast: Cast) -> None:
    for number in range(6):
        fulfil(owed(cast, number), by=cast.aoyama, at=TEN)
    for number in range(6, 8):
        owe(f"test:{number}", origin="plan", owner=cast.baba, due_at=TEN)
    each = rates([cast.aoyama, cast.baba], DAY, DAY, now=EVENING)
    assert each[cast.baba.pk].share is None
    assert together(each.values()).share == Decimal(6) / 8


def test_gaps_are_what_is_still_to_be_entered(cast: Cast) -> None:
    open_one, done = owed(cast, 1), owed(cast, 2)
    fulfil(done, by=cast.aoyama)
    assert gaps(cast.aoyama, DAY) == [open_one]
    assert gaps(cast.baba, DAY) == []


def test_owing_twice_is_once_and_the_time_follows(cast: Cast) -> None:
    owed(cast, 1)
    assert owed(cast, 1, EVENING).due_at == EVENING
    assert Duty.objects.count() == 1


def test_a_holiday_puts_the_deadline_off_to_the_next_working_noon(cast: Cast) -> None:
    saturday = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
    assert owed(cast, 1, saturday).due_at == datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


def test_many_people_are_one_question(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        rates([cast.aoyama, cast.baba, cast.senda], DAY, DAY, now=EVENING)
