"""A plan that does not happen says so: called off with a reason, or put off with the old day still to be seen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.actions import cancel, finish, postpone
from daifuku.activities.models import Plan
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions, timeline, undoing
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
START = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
LATER = START + timedelta(days=3)


@pytest.fixture
def plan(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    values = {
        "account": firm, "method": "visit", "subject": "見積の説明", "started_at": START,
        "ended_at": START + timedelta(hours=1),
    }  # fmt: skip
    return actions.create("plan", values, by=cast.aoyama)


def test_a_plan_needs_its_time_and_somebody(cast: Cast, plan: Any) -> None:
    for values in ({"account": plan.account}, {"started_at": START}):
        with pytest.raises(Invalid):
            actions.create("plan", values, by=cast.aoyama)


def test_a_plan_does_not_end_before_it_begins(cast: Cast, plan: Any) -> None:
    with pytest.raises(Invalid) as refused:
        actions.edit(plan, {"ended_at": START - timedelta(minutes=1)}, by=cast.aoyama)
    assert refused.value.problems[0].field == "ended_at"


def test_nobody_types_what_became_of_it(cast: Cast, plan: Any) -> None:
    for values in ({"state": "done"}, {"reason": "x"}, {"talk": None}):
        with pytest.raises(Invalid):
            actions.edit(plan, values, by=cast.aoyama)


def test_a_plan_is_called_off_and_brought_back(cast: Cast, plan: Any) -> None:
    cancel(plan, "先方の都合", by=cast.aoyama)
    kept = Plan.plain.get()
    assert (kept.state, kept.reason) == ("cancelled", "先方の都合")
    undoing.undo(Event.objects.get(kind="plan.cancelled"), by=cast.aoyama)
    assert (Plan.plain.get().state, Plan.plain.get().reason) == ("planned", "")


def test_a_plan_is_put_off_as_long_as_it_was_and_the_old_day_stays(cast: Cast, plan: Any) -> None:
    postpone(plan, LATER, "出張のため", by=cast.aoyama)
    kept = Plan.plain.get()
    assert (kept.state, kept.started_at, kept.postponed_from) == ("postponed", LATER, START)
    assert kept.ended_at == LATER + timedelta(hours=1)
    undoing.undo(Event.objects.get(kind="plan.postponed"), by=cast.aoyama)
    assert (Plan.plain.get().started_at, Plan.plain.get().postponed_from) == (START, None)


def test_what_was_put_off_is_put_off_again_and_carried_out(cast: Cast, plan: Any) -> None:
    postpone(plan, LATER, "出張のため", by=cast.aoyama)
    postpone(plan, LATER + timedelta(days=1), "台風", by=cast.aoyama)
    finish(plan, {"content": "order", "text": "決まり"}, by=cast.aoyama)
    assert Plan.plain.get().state == "done"


def test_the_timeline_tells_both_days_and_the_reason(cast: Cast, plan: Any) -> None:
    postpone(plan, LATER, "出張のため", by=cast.aoyama)
    entries, _further = timeline.entries(plan.account, viewer_of(cast.baba))
    assert entries[0].body is not None
    assert "→" in entries[0].body["text"]
    assert "出張のため" in entries[0].body["text"]


def test_a_reason_and_another_day_are_asked_for(cast: Cast, plan: Any) -> None:
    for act, field in (
        (lambda: cancel(plan, " ", by=cast.aoyama), "reason"),
        (lambda: postpone(plan, LATER, "", by=cast.aoyama), "reason"),
        (lambda: postpone(plan, None, "台風", by=cast.aoyama), "started_at"),
        (lambda: postpone(plan, "いつか", "台風", by=cast.aoyama), "started_at"),
        (lambda: postpone(plan, START, "台風", by=cast.aoyama), "started_at"),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert refused.value.problems[0].field == field
    assert Plan.plain.get().version == 1


def test_what_is_over_is_neither_called_off_nor_moved(cast: Cast, plan: Any) -> None:
    cancel(plan, "先方の都合", by=cast.aoyama)
    with pytest.raises(Conflict):
        cancel(plan, "先方の都合", by=cast.aoyama)
    with pytest.raises(Conflict):
        postpone(plan, LATER, "台風", by=cast.aoyama)
    with pytest.raises(Invalid):
        actions.edit(plan, {"started_at": LATER}, by=cast.aoyama)


def test_another_team_calls_nothing_off(cast: Cast, plan: Any) -> None:
    with pytest.raises(Forbidden):
        cancel(plan, "x", by=cast.senda)
    with pytest.raises(Forbidden):
        postpone(plan, LATER, "x", by=cast.senda)
