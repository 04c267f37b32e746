"""A plan that ended is owed its result: the talk that it became, or why it was put off or called off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from daifuku.activities.models import Plan
from daifuku.activities.models.plan import OPEN
from daifuku.duties import deadlines
from daifuku.duties.actions.fulfilling import fulfil_many, reopen
from daifuku.duties.actions.owing import Owed, owe_many
from daifuku.duties.models import Duty, Policy, State
from daifuku.duties.models.policy import policy
from daifuku.foundation.portions import portions
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

KIND = "plan"
# No plan is longer than a week; what is longer than a day is looked at in the morning alone, not every minute.
LONGEST, USUAL = timedelta(days=8), timedelta(days=1)
TURNS = frozenset({"state", "started_at", "ended_at", "method", "owner"})
DELETED = "plan_deleted"


def key_of(plan: Plan) -> str:
    """A plan that was put off is owed a result anew."""
    return f"{KIND}:{plan.pk}:{int(plan.started_at.timestamp()) // 60}"


def ended_between(since: datetime, now: datetime, longest: timedelta = USUAL) -> Any:
    """Plans without a result whose time was over after `since`; the index of their beginnings narrows them."""
    rows = Plan.plain.filter(trashed_at__isnull=True, started_at__gt=since - longest, started_at__lte=now)
    over = Q(ended_at__gt=since, ended_at__lte=now) | Q(ended_at__isnull=True)
    return rows.filter(over, state__in=OPEN, owner__isnull=False)


def without_duty(plans: Any) -> Any:
    known = Duty.objects.filter(kind=KIND, subject_object=Plan.object_key, subject_id=OuterRef("pk"))
    return plans.exclude(Exists(known))


def owe_results(plans: Iterable[Plan], now: datetime, rules: Policy) -> int:
    """Of plans that are over and open: what is not owed yet is owed."""
    over = [plan for plan in plans if end_of(plan) <= now]
    visits = next_visits(
        [(plan.owner_id, end_of(plan)) for plan in over if plan.method in deadlines.VISITS], rules
    )
    return owe_many(
        Owed(key_of(plan), KIND, plan.owner_id, due_of(plan, end_of(plan), visits, rules), subject=plan)
        for plan in over
    )


def end_of(plan: Plan) -> datetime:
    return deadlines.end_of(plan.method, plan.started_at, plan.ended_at)


def due_of(activity: Any, end: datetime, visits: dict[int, list[datetime]], rules: Policy) -> datetime:
    """`activity` is a plan or a talk: how it was done and by whom counts."""
    others = [start for start in visits.get(activity.owner_id, ()) if start != activity.started_at]
    return deadlines.deadline(
        activity.method, end, others, call=timedelta(minutes=rules.call_minutes),
        visit=timedelta(minutes=rules.visit_minutes),
    )  # fmt: skip


def next_visits(ends: list[tuple[int | None, datetime]], rules: Policy) -> dict[int, list[datetime]]:
    """When these people have visits planned within the time that they have for entering one; one question."""
    if not ends:
        return {}
    first, last = min(end for _who, end in ends), max(end for _who, end in ends)
    rows = Plan.plain.filter(
        owner_id__in={who for who, _end in ends if who}, method__in=sorted(deadlines.VISITS), trashed_at__isnull=True,
        started_at__gte=first, started_at__lte=last + timedelta(minutes=rules.visit_minutes),
    )  # fmt: skip
    found: dict[int, list[datetime]] = {}
    for owner, start in rows.exclude(state="cancelled").values_list("owner_id", "started_at"):
        found.setdefault(owner, []).append(start)
    return found


def follow_plans(saved: Saved, by: Person) -> None:
    """In the transaction that changed plans: a result fulfils what was owed, taking it back opens it again."""
    turned = [plan for plan, changed in saved if plan.version > 1 and changed & TURNS]
    if not turned:
        return
    duties: dict[int, list[Duty]] = {}
    for keys in portions([plan.pk for plan in turned]):
        for duty in Duty.objects.filter(subject_object=KIND, subject_id__in=keys, kind=KIND):
            duties.setdefault(duty.subject_id or 0, []).append(duty)
    done = [plan for plan in turned if plan.state == "done" and plan.owner_id is not None]
    if done:
        _owe_done(done, by)
    ended: list[str] = []
    again: list[str] = []
    for plan in turned:
        own, key = duties.get(plan.pk, []), key_of(plan)
        waiting = [duty.key for duty in own if duty.done_at is None]
        ended += [each for each in waiting if plan.state not in OPEN or each != key]
        if plan.state in OPEN:
            again += [duty.key for duty in own if duty.key == key and duty.done_at is not None]
            _hand_over(plan, own, key)
    if ended:
        fulfil_many(ended, by=by)
    if again:
        reopen(again)


def _owe_done(plans: list[Plan], by: Person) -> None:
    """Also a result that came before the plan was over is one. What took longer than planned is owed later."""
    rules = policy()
    ends = {plan.pk: _actual_end(plan) for plan in plans}
    visits = next_visits(
        [(plan.owner_id, ends[plan.pk]) for plan in plans if plan.method in deadlines.VISITS], rules
    )
    owe_many(
        Owed(key_of(plan), KIND, plan.owner_id, due_of(plan, ends[plan.pk], visits, rules), subject=plan)
        for plan in plans
    )
    fulfil_many([key_of(plan) for plan in plans], by=by)


def _actual_end(plan: Plan) -> datetime:
    talk = plan.talk
    if talk is None:
        return end_of(plan)
    return max(end_of(plan), talk.ended_at or talk.started_at)


def _hand_over(plan: Plan, own: list[Duty], key: str) -> None:
    """The result is owed by whoever the plan belongs to now."""
    for duty in own:
        if duty.key == key and duty.state == State.OPEN and plan.owner_id not in {None, duty.owner_id}:
            duty.owner_id = plan.owner_id
            duty.save(update_fields=["owner"])


def excuse_deleted(since: datetime) -> int:
    """A plan in the trash is owed nothing; its duty stays, for whoever leads the person to see."""
    gone = list(Plan.plain.filter(trashed_at__gt=since).values_list("pk", flat=True)[:2000])
    number = 0
    for keys in portions(gone):
        rows = Duty.objects.waiting().filter(subject_object=KIND, subject_id__in=keys, kind=KIND)
        number += rows.update(state=State.EXCUSED, reason=DELETED)
    return number
