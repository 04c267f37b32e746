"""A plan that ended is owed its result; a talk without a plan was entered in time or late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities.actions import cancel, finish, postpone
from daifuku.duties.models import Duty, Policy, State
from daifuku.duties.sources import sweeping
from daifuku.duties.sources.sweeping import sweep
from daifuku.duties.tests.conftest import at, when
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records import undoing
from daifuku.records.actions import create, edit, restore, trash

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Plan = Callable[..., Any]
RESULT = {"content": "other", "text": "よいお返事", "started_at": at(24, 10), "minutes": 60}


def only() -> Duty:
    return Duty.objects.get()


def test_a_plan_is_owed_its_result_once_it_is_over(cast: Cast, plan_at: Plan) -> None:
    plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 10, 59))
    assert not Duty.objects.exists()
    sweep(at(24, 11, 1))
    sweep(at(24, 11, 2))
    duty = only()
    assert (duty.owner, duty.due_at, duty.kind) == (cast.aoyama, at(24, 14), "plan")
    assert duty.state_at(at(24, 13)) == State.OPEN
    assert duty.state_at(at(24, 14)) == State.MISSING


def test_it_is_due_before_the_next_visit(plan_at: Plan) -> None:
    plan_at(at(24, 10), at(24, 11))
    plan_at(at(24, 12), at(24, 13))
    sweep(at(24, 11, 30))
    assert only().due_at == at(24, 12)


@pytest.mark.parametrize(("hour", "state"), [(12, State.ON_TIME), (15, State.LATE)])
def test_the_result_fulfils_it(cast: Cast, plan_at: Plan, hour: int, state: State) -> None:
    plan = plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 11, 1))
    with when(at(24, hour)):
        finish(plan, RESULT, by=cast.aoyama)
    assert (only().state, only().done_by) == (state, cast.aoyama)
    sweep(at(24, hour, 5))
    assert only().state == state, "the talk that the plan became is not counted again"


def test_a_result_before_the_end_counts_too(cast: Cast, plan_at: Plan) -> None:
    plan = plan_at(at(24, 16), at(24, 17))
    with when(at(24, 12)):
        finish(plan, RESULT, by=cast.aoyama)
    assert only().state == State.ON_TIME


def test_what_took_longer_than_planned_is_due_later(cast: Cast, plan_at: Plan) -> None:
    plan = plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 11, 1))
    with when(at(24, 17)):
        finish(plan, {**RESULT, "minutes": 300}, by=cast.aoyama)
    assert only().state == State.ON_TIME


def test_an_undone_result_is_owed_again(cast: Cast, plan_at: Plan) -> None:
    plan = plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 11, 1))
    with when(at(24, 12)):
        finish(plan, RESULT, by=cast.aoyama)
        undoing.undo(Event.objects.get(kind="plan.finished"), by=cast.aoyama)
    assert (only().state, only().done_at) == (State.OPEN, None)


def test_calling_off_and_putting_off_are_results_too(cast: Cast, plan_at: Plan) -> None:
    off, later = plan_at(at(24, 10), at(24, 11)), plan_at(at(24, 15), at(24, 16))
    sweep(at(24, 16, 1))
    with when(at(24, 16, 30)):
        cancel(off, "先方の都合", by=cast.aoyama)
        postpone(later, at(25, 15), "資料の準備", by=cast.aoyama)
    states = list(Duty.objects.order_by("due_at").values_list("state", flat=True))
    assert states == [State.LATE, State.ON_TIME]
    sweep(at(25, 16, 1))
    assert Duty.objects.waiting().count() == 1, "on its new day it is owed anew"


def test_whoever_has_the_plan_now_owes_it(cast: Cast, plan_at: Plan) -> None:
    plan = plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 11, 1))
    edit(plan, {"owner": cast.baba}, by=cast.aoyama)
    assert only().owner == cast.baba


def test_a_deleted_plan_is_excused(cast: Cast, plan_at: Plan) -> None:
    plan = plan_at(at(24, 10), at(24, 11))
    sweep(at(24, 11, 1))
    with when(at(24, 11, 30)):
        trash(plan, by=cast.aoyama)
    sweep(at(24, 11, 31))
    assert (only().state, only().why) == (State.EXCUSED, "予定の削除")


@pytest.mark.parametrize(("minutes", "state"), [(10, State.ON_TIME), (40, State.LATE)])
def test_a_call_is_entered_at_once_or_late(talk_at: Plan, minutes: int, state: State) -> None:
    talk_at(at(24, 10), at(24, 10, minutes))
    sweep(at(24, 12))
    assert (only().state, only().kind) == (state, "talk")


def test_a_phone_without_signal_is_not_late(cast: Cast, account: Any) -> None:
    with through("phone", at=at(24, 15), entered_at=at(24, 10, 20)):
        values = {"started_at": at(24, 10, 10), "method": "phone", "content": "other", "text": "山の中"}
        create("talk", {**values, "account": account}, by=cast.aoyama)
    sweep(at(24, 16))
    assert (only().state, only().done_at, only().entered_at) == (State.ON_TIME, at(24, 15), at(24, 10, 20))


def test_imported_talks_do_not_count(cast: Cast, account: Any) -> None:
    with through("import", at=at(24, 15)):
        values = {"started_at": at(3, 10), "method": "phone", "content": "other", "text": "昔の記録"}
        create("talk", {**values, "account": account}, by=cast.aoyama)
    sweep(at(24, 16))
    assert not Duty.objects.exists()


def test_a_talk_in_the_trash_does_not_count(cast: Cast, talk_at: Plan) -> None:
    talk = talk_at(at(24, 10), at(24, 12))
    sweep(at(24, 12, 1))
    with when(at(24, 12, 30)):
        trash(talk, by=cast.aoyama)
    sweep(at(24, 12, 31))
    assert (only().state, only().why) == (State.EXCUSED, "取引の削除")
    with when(at(24, 12, 40)):
        restore(talk, by=cast.aoyama)
    sweep(at(24, 12, 41))
    assert only().state == State.LATE


def test_a_plan_whose_result_lies_in_the_trash_waits_for_it_again(cast: Cast, plan_at: Plan) -> None:
    plan = plan_at(at(24, 10), at(24, 11))
    with when(at(24, 11, 30)):
        talk = finish(plan, RESULT, by=cast.aoyama)
    sweep(at(24, 11, 31))
    with when(at(24, 12)):
        trash(talk, by=cast.aoyama)
    sweep(at(24, 12, 1))
    assert only().state == State.OPEN
    with when(at(24, 15)):
        restore(talk, by=cast.aoyama)
    sweep(at(24, 15, 1))
    assert (only().state, only().done_at) == (State.ON_TIME, at(24, 11, 30))


def test_what_was_held_before_counting_began_is_no_duty(cast: Cast, talk_at: Plan) -> None:
    Policy.objects.update(begins_on=date(2026, 11, 20))
    talk_at(at(3, 10), at(24, 10))
    talk_at(at(24, 10), at(24, 10, 5))
    assert sweep(at(24, 12)) == 1


def test_years_of_talks_are_gone_through_page_by_page(
    cast: Cast, talk_at: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that has used up its time is gone on with where it stood; nothing is judged twice."""
    monkeypatch.setattr(sweeping, "PAGE", 3)
    for minute in range(8):
        talk_at(at(24, 10, minute), at(24, 11, minute))
    assert sweep(at(24, 12), seconds=-1) == 3
    assert sweeping.wanted()
    assert sweep(at(24, 12, 1), seconds=-1) == 2, "the last one of the page is looked at again"
    assert sweep(at(24, 12, 2)) == 3
    assert Duty.objects.count() == 8


def test_a_thousand_talks_are_few_questions(
    talk_at: Plan, django_assert_max_num_queries: Any, cast: Cast
) -> None:
    for minute in range(30):
        talk_at(at(24, 10, minute), at(24, 11, minute))
    with django_assert_max_num_queries(50):
        assert sweep(at(24, 12)) == 30
