"""A plan was carried out: it becomes the talk, both know each other, and the next plan may follow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.actions import cancel, finish
from daifuku.activities.models import Plan, Talk
from daifuku.foundation.errors import ChangedSince, Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
RESULT = {"content": "order", "text": "20個で決まり。"}


@pytest.fixture
def plan(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    contact = actions.create("contact", {"family_name": "佐藤", "account": firm}, by=cast.aoyama)
    values = {"contact": contact, "method": "visit", "subject": "見積の説明", "started_at": hours(-2)}
    return actions.create("plan", values, by=cast.aoyama)


def hours(number: float) -> Any:
    return timezone.now().replace(microsecond=0) + timedelta(hours=number)


def line() -> Event:
    return Event.objects.get(kind="plan.finished")


def test_the_plan_becomes_the_talk_and_both_know_each_other(cast: Cast, plan: Any) -> None:
    talk = finish(plan, RESULT, by=cast.aoyama)
    kept, done = Talk.plain.get(), Plan.plain.get()
    assert (done.state, done.talk, kept.plan) == ("done", kept, done)
    assert talk == kept
    assert (kept.account, kept.contact, kept.method) == (plan.account, plan.contact, "visit")
    assert (kept.subject, kept.started_at, kept.owner) == ("見積の説明", plan.started_at, cast.aoyama)


def test_what_came_out_otherwise_is_written_as_it_was(cast: Cast, plan: Any) -> None:
    talk = finish(plan, {**RESULT, "method": "phone", "started_at": hours(-1)}, by=cast.aoyama)
    assert (talk.method, talk.started_at) == ("phone", hours(-1))


def test_what_is_done_before_its_time_happened_now(cast: Cast, plan: Any) -> None:
    plan = actions.edit(plan, {"started_at": hours(48)}, by=cast.aoyama)
    assert finish(plan, RESULT, by=cast.aoyama).started_at <= timezone.now()


def test_the_next_plan_is_made_along_with_it(cast: Cast, plan: Any) -> None:
    finish(plan, RESULT, by=cast.aoyama, following={"started_at": hours(72), "subject": "納品の立ち会い"})
    following = Plan.plain.get(state="planned")
    assert (following.subject, following.account, following.contact) == (
        "納品の立ち会い", plan.account, plan.contact,
    )  # fmt: skip


def test_without_a_next_plan_none_is_made(cast: Cast, plan: Any) -> None:
    finish(plan, RESULT, by=cast.aoyama, following={"started_at": "", "subject": ""})
    assert Plan.plain.count() == 1


def test_a_next_plan_without_a_time_refuses_all_of_it(cast: Cast, plan: Any) -> None:
    with pytest.raises(Invalid) as refused:
        finish(plan, RESULT, by=cast.aoyama, following={"subject": "納品の立ち会い"})
    assert refused.value.problems[0].field == "next.started_at"
    assert Plan.plain.get().state == "planned"
    assert not Talk.plain.exists()


def test_it_is_finished_once(cast: Cast, plan: Any) -> None:
    finish(plan, RESULT, by=cast.aoyama)
    with pytest.raises(Conflict):
        finish(plan, RESULT, by=cast.aoyama)
    assert Talk.plain.count() == 1


def test_a_talk_without_its_text_is_refused_and_the_plan_stays(cast: Cast, plan: Any) -> None:
    with pytest.raises(Invalid):
        finish(plan, {"content": "order"}, by=cast.aoyama)
    assert Plan.plain.get().state == "planned"


def test_one_undo_takes_everything_back_and_a_second_brings_it_again(cast: Cast, plan: Any) -> None:
    finish(plan, RESULT, by=cast.aoyama, following={"started_at": hours(72), "subject": "納品"})
    undoing.undo(line(), by=cast.aoyama)
    assert Talk.plain.get().trashed_at is not None
    assert (Plan.plain.get(pk=plan.pk).state, Plan.plain.get(pk=plan.pk).talk) == ("planned", None)
    assert Plan.plain.get(subject="納品").trashed_at is not None
    undoing.undo(Event.objects.get(kind="plan.turned_back"), by=cast.aoyama)
    assert Plan.plain.get(pk=plan.pk).talk == Talk.plain.get(trashed_at__isnull=True)


def test_a_plan_that_went_on_since_is_not_taken_back(cast: Cast, plan: Any) -> None:
    finish(plan, RESULT, by=cast.aoyama)
    undoing.undo(line(), by=cast.aoyama)
    finish(plan, RESULT, by=cast.aoyama)
    first = Event.objects.filter(kind="plan.turned_back").get()
    with pytest.raises(ChangedSince):
        undoing.undo(first, by=cast.aoyama)


def test_who_may_not_change_the_plan_does_not_finish_it(cast: Cast, plan: Any) -> None:
    with pytest.raises(Forbidden):
        finish(plan, RESULT, by=cast.senda)
    actions.edit(plan.account, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        finish(plan, RESULT, by=cast.senda)
    assert Plan.plain.get().state == "planned"
    assert not Talk.plain.exists()


def test_a_colleague_finishes_it_for_him(cast: Cast, plan: Any) -> None:
    talk = finish(plan, RESULT, by=cast.baba)
    assert (talk.owner, talk.created_by) == (cast.aoyama, cast.baba)


@pytest.mark.parametrize("page", ["finish", "cancel", "postpone"])
def test_the_form_of_a_plan_that_is_over_says_so_before_anybody_types(
    cast: Cast, plan: Any, client: Client, page: str
) -> None:
    cancel(plan, "先方の都合", by=cast.aoyama)
    client.force_login(cast.aoyama)
    answer = client.get(f"{plan.get_absolute_url()}{page}/")
    assert answer.status_code == 409
    assert "すでに「中止」です" in answer.content.decode()
    assert f'href="{plan.get_absolute_url()}"' in answer.content.decode()
