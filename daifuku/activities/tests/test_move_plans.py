"""A plan is moved to another day or hour; it stays as long as it was, and one undo brings it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.actions import cancel, move
from daifuku.activities.models import Plan
from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.records import actions, timeline, undoing
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
START = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
LATER = START + timedelta(days=1, hours=2)


@pytest.fixture
def plan(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    values = {"account": firm, "method": "visit", "subject": "見積の説明", "started_at": START}
    return actions.create("plan", {**values, "ended_at": START + timedelta(hours=1)}, by=cast.aoyama)


def test_it_begins_later_and_is_as_long(cast: Cast, plan: Any) -> None:
    move(plan, LATER, by=cast.aoyama)
    kept = Plan.plain.get()
    assert (kept.state, kept.started_at, kept.ended_at) == ("planned", LATER, LATER + timedelta(hours=1))
    assert (kept.postponed_from, kept.reason) == (None, "")


def test_one_undo_brings_it_back(cast: Cast, plan: Any) -> None:
    move(plan, LATER, by=cast.aoyama)
    undoing.undo(Event.objects.get(kind="plan.moved"), by=cast.aoyama)
    assert (Plan.plain.get().started_at, Plan.plain.get().ended_at) == (START, START + timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
def test_put_among_a_colleagues_it_is_his_and_one_undo_brings_it_back(cast: Cast, plan: Any) -> None:
    subscribing.deliver()
    move(plan, LATER, by=cast.aoyama, owner=cast.baba)
    kept = Plan.plain.get()
    assert (kept.owner, kept.started_at, kept.ended_at) == (cast.baba, LATER, LATER + timedelta(hours=1))
    subscribing.deliver()
    assert Notice.objects.filter(person=cast.baba).exists()
    undoing.undo(Event.objects.get(kind="plan.edited"), by=cast.aoyama)
    assert (Plan.plain.get().owner, Plan.plain.get().started_at) == (cast.aoyama, START)


def test_to_where_it_stands_it_is_not_moved(cast: Cast, plan: Any) -> None:
    move(plan, START, by=cast.aoyama)
    assert Plan.plain.get().version == 1
    assert not Event.objects.filter(kind="plan.moved").exists()


def test_the_timeline_tells_both_times(cast: Cast, plan: Any) -> None:
    move(plan, LATER, by=cast.aoyama)
    entries, _further = timeline.entries(plan, viewer_of(cast.baba))
    assert entries[0].body is not None
    assert "→" in entries[0].body["text"]


@pytest.mark.parametrize("raw", [None, "", "いつか", "0001-01-01T10:00", "2026-13-01T10:00"])
def test_no_time_is_refused_beside_its_field(cast: Cast, plan: Any, raw: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        move(plan, raw, by=cast.aoyama)
    assert refused.value.problems[0].field == "started_at"


def test_what_was_called_off_stays_where_it_is(cast: Cast, plan: Any) -> None:
    cancel(plan, "先方の都合", by=cast.aoyama)
    with pytest.raises(Conflict):
        move(plan, LATER, by=cast.aoyama)


def test_another_team_moves_nothing_and_does_not_know_a_private_one(cast: Cast, plan: Any) -> None:
    with pytest.raises(Forbidden):
        move(plan, LATER, by=cast.senda)
    actions.edit(plan.account, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        move(plan, LATER, by=cast.senda)


def test_whose_role_may_only_read_the_time_does_not_move_it(cast: Cast, plan: Any) -> None:
    role = cast.aoyama.roles.get()
    role.field_rules = {"plan": {"started_at": "readonly"}}
    role.save()
    with pytest.raises(Forbidden):
        move(plan, LATER, by=type(cast.aoyama).objects.get(pk=cast.aoyama.pk))
