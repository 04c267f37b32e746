"""Found every morning: leads that nobody has contacted, customers of whom nothing was heard for longer than usual."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.activities.actions import cancel
from daifuku.duties.actions import hand_on, snooze
from daifuku.duties.finding import quiet
from daifuku.duties.models import Duty, Policy, State
from daifuku.duties.morning import begin
from daifuku.duties.rate import gaps
from daifuku.duties.showing import lines_of
from daifuku.duties.sources.sweeping import sweep
from daifuku.duties.tests.conftest import TOKYO, at, when
from daifuku.foundation.errors import Invalid
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off
from daifuku.messages.models import Notice
from daifuku.records import undoing
from daifuku.records.actions import create
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def morning(moment: datetime) -> None:
    with when(moment):
        sweep(moment)
        begin(moment.date())
        work_off()


def found(kind: str) -> list[Duty]:
    return list(Duty.objects.waiting().filter(kind=kind))


def lead_of(person: Any, moment: datetime) -> Any:
    with when(moment):
        return create("lead", {"family_name": "山田", "company": "山田製作所"}, by=person)


def test_the_usual_gap_is_the_median() -> None:
    start = date(2026, 1, 1)
    days = [start + timedelta(days=n) for n in (0, 14, 28, 43, 103, 116)]
    assert quiet.usual_gap(days) == 14
    assert quiet.usual_gap(days[:3]) is None, "two gaps are too few"


@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 1)), min_size=4, max_size=24, unique=True))
def test_the_usual_gap_lies_between_the_shortest_and_the_longest(days: list[date]) -> None:
    ordered = sorted(days)
    between = [(b - a).days for a, b in zip(ordered, ordered[1:], strict=False)]
    usual = quiet.usual_gap(days)
    assert usual is not None
    assert min(between) <= usual <= max(between) + 1
    due = quiet.quiet_from(max(days), usual, Policy())
    assert due is None or due > max(days)


def test_a_customer_who_is_quiet_for_longer_than_usual(cast: Cast, talk_at: Callable[..., Any]) -> None:
    first = datetime(2026, 8, 28, 10, tzinfo=TOKYO)
    for number in range(5):
        talk_at(first + timedelta(days=14 * number))
    sweep(at(2, 9))
    quiet.find(date(2026, 11, 12), at(12, 6), Policy())
    morning(at(25, 6))
    (duty,) = found(quiet.KIND)
    assert duty.facts == {"usual": 14, "since": "2026-10-23"}
    (line,) = lines_of([duty], Viewer(cast.aoyama), at(25, 9))
    assert line.name.startswith("青葉商事: 普段は14日ごと、今回は")
    assert "account=" in line.address
    talk_at(at(25, 10))
    assert not found(quiet.KIND), "a talk settles it at once"


def test_a_meeting_that_is_planned_settles_it(
    talk_at: Callable[..., Any], plan_at: Callable[..., Any]
) -> None:
    for number in range(5):
        talk_at(datetime(2026, 8, 28, 10, tzinfo=TOKYO) + timedelta(days=14 * number))
    morning(at(24, 6))
    assert len(found(quiet.KIND)) == 1
    plan_at(at(27, 10))
    morning(at(25, 6))
    assert not found(quiet.KIND)


def test_a_lead_nobody_has_contacted(cast: Cast) -> None:
    lead = lead_of(cast.aoyama, at(19, 10))
    morning(at(20, 6))
    assert not found("lead_untouched"), "two working days are still allowed"
    morning(at(24, 6))
    (duty,) = found("lead_untouched")
    assert (duty.owner, duty.weight) == (cast.aoyama, 0)
    morning(at(25, 6))
    assert len(found("lead_untouched")) == 1
    with when(at(25, 9)):
        values = {"lead": lead, "method": "phone", "content": "other", "text": "初めての電話"}
        create("talk", {**values, "started_at": at(25, 8, 50)}, by=cast.aoyama)
    assert not found("lead_untouched")


def test_the_morning_tells_everybody_once(cast: Cast, plan_at: Callable[..., Any]) -> None:
    plan_at(at(24, 10), at(24, 11))
    lead_of(cast.aoyama, at(19, 10))
    morning(at(25, 6))
    morning(at(25, 6))
    (notice,) = Notice.objects.filter(kind="duties.morning")
    assert notice.person == cast.aoyama
    assert "1件" in notice.sentence
    (job,) = Job.objects.filter(kind="duties.morning")
    assert job.state == Job.State.DONE


def test_on_a_holiday_nobody_is_woken() -> None:
    begin(date(2026, 11, 23))
    assert not Job.objects.filter(kind="duties.morning").exists()


def test_it_can_be_put_off_with_a_reason(cast: Cast) -> None:
    lead_of(cast.aoyama, at(19, 10))
    morning(at(24, 6))
    (duty,) = found("lead_untouched")
    with when(at(24, 9)):
        with pytest.raises(Invalid):
            snooze(duty, date(2026, 12, 1), " ", by=cast.aoyama)
        with pytest.raises(Invalid):
            snooze(duty, date(2026, 11, 24), "出張中", by=cast.aoyama)
        snooze(duty, date(2026, 12, 1), "先方が出張中", by=cast.aoyama)
    assert gaps(cast.aoyama, date(2026, 11, 30)) == []
    assert gaps(cast.aoyama, date(2026, 12, 1)) == [duty]


def test_it_can_be_handed_to_a_colleague(cast: Cast) -> None:
    lead_of(cast.aoyama, at(19, 10))
    morning(at(24, 6))
    (duty,) = found("lead_untouched")
    hand_on(duty, cast.baba, "知り合いなので", by=cast.aoyama)
    assert gaps(cast.aoyama, TODAY) == []
    assert gaps(cast.baba, TODAY) == [duty]
    from daifuku.ledger.models import Event

    undoing.undo(Event.objects.get(kind="duty.handed_on"), by=cast.aoyama)
    assert gaps(cast.aoyama, TODAY) == [duty]
    assert duty.state == State.OPEN


def test_a_lead_whose_plan_was_called_off_months_later_is_found(cast: Cast) -> None:
    lead = lead_of(cast.aoyama, at(19, 10))
    with when(at(19, 11)):
        values = {"lead": lead, "method": "visit", "subject": "工場見学"}
        plan = create("plan", {**values, "started_at": at(19, 10) + timedelta(days=110)}, by=cast.aoyama)
    morning(at(24, 6))
    later = at(24, 6) + timedelta(days=91)
    morning(later)
    assert not found("lead_untouched"), "something is planned"
    with when(later + timedelta(hours=4)):
        cancel(plan, "先方の都合", by=cast.aoyama)
    morning(later + timedelta(days=1))
    assert len(found("lead_untouched")) == 1
