"""A talk that was held without a plan was entered in time or late: how long after it had ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef

from daifuku.activities.models import Plan, Talk
from daifuku.duties import deadlines
from daifuku.duties.actions.fulfilling import fulfil, reopen
from daifuku.duties.actions.owing import Owed, owe_many
from daifuku.duties.judging import judge
from daifuku.duties.models import Duty, Policy, State
from daifuku.duties.sources.plans import KIND as PLAN
from daifuku.duties.sources.plans import due_of, next_visits
from daifuku.foundation.portions import portions
from daifuku.foundation.sql.updating import update_many
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event

KIND, DELETED = "talk", "talk_deleted"


def key_of(talk: int) -> str:
    return f"{KIND}:{talk}"


def changed_since(since: datetime, *, including: bool = False) -> Any:
    """By the index of changes; a talk is judged once, as it was first entered. A meeting of the house is none."""
    changed = {"updated_at__gte": since} if including else {"updated_at__gt": since}
    return Talk.plain.filter(trashed_at__isnull=True, internal__isnull=True, **changed)


def without_duty(talks: Any) -> Any:
    """No index may lead to talks without a plan, as nearly all are: what changed lately is far less."""
    known = Duty.objects.filter(kind=KIND, subject_object=Talk.object_key, subject_id=OuterRef("pk"))
    return talks.alias(planned=F("plan_id") + 0).filter(planned__isnull=True).exclude(Exists(known))


def judge_entries(talks: Sequence[Talk], rules: Policy) -> int:
    """Talks that were imported come from another book, those that a plan became are its result: neither counts."""
    own = [talk for talk in talks if talk.plan_id is None and talk.owner_id is not None]
    imported = _imported([talk.pk for talk in own])
    known = set(
        Duty.objects.filter(key__in=[key_of(talk.pk) for talk in own]).values_list("subject_id", flat=True)
    )
    own = [talk for talk in own if talk.pk not in imported and talk.pk not in known]
    # What came later than any deadline is late, whatever was planned next: of a backlog nobody's visits are asked for.
    soon = timedelta(minutes=rules.visit_minutes)
    ends = [
        (talk.owner_id, _end(talk))
        for talk in own
        if talk.method in deadlines.VISITS and (talk.entered_at or talk.created_at) <= _end(talk) + soon
    ]
    visits = next_visits(ends, rules)
    return owe_many(
        Owed(
            key_of(talk.pk), KIND, talk.owner_id, due_of(talk, _end(talk), visits, rules), subject=talk,
            done_at=talk.created_at, entered_at=talk.entered_at, done_by=talk.created_by_id,
        )
        for talk in own
    )  # fmt: skip


def excuse_deleted(since: datetime) -> int:
    """A talk in the trash was a mistake: it counts neither way, and its duty stays, for whoever leads the person to
    see. A plan whose result lies in the trash waits for it again."""
    gone = list(Talk.plain.filter(trashed_at__gt=since).values_list("pk", flat=True)[:2000])
    number = 0
    for part in portions(gone):
        own = Duty.objects.filter(key__in=[key_of(key) for key in part]).exclude(state=State.EXCUSED)
        number += own.update(state=State.EXCUSED, reason=DELETED)
        results = _of_plans(Plan.plain.filter(talk__in=part)).filter(done_at__isnull=False)
        number += reopen(list(results.values_list("key", flat=True)))
    return number


def take_back_deleted(talks: Sequence[Talk]) -> int:
    """Out of the trash again: each counts as it did, and a plan has its result."""
    own = list(
        Duty.objects.filter(key__in=[key_of(talk.pk) for talk in talks], state=State.EXCUSED, reason=DELETED)
    )
    for duty in own:
        duty.state, duty.reason = judge(duty), ""
    results = {talk.plan_id: talk for talk in talks if talk.plan_id is not None and talk.version > 1}
    waiting = _of_plans(Plan.plain.filter(pk__in=list(results), state="done")).filter(done_at__isnull=True)
    with ledger.writing():
        update_many(own, ["state", "reason"])
        for duty in list(waiting.exclude(state=State.EXCUSED)) if results else []:
            talk = results[duty.subject_id]
            fulfil(duty, by=talk.created_by, at=talk.created_at, entered_at=talk.entered_at)
    return len(own)


def _of_plans(plans: Any) -> Any:
    return Duty.objects.filter(kind=PLAN, subject_object=Plan.object_key, subject_id__in=plans.values("pk"))


def accounts_of_deleted(since: datetime) -> set[int]:
    rows = Talk.plain.filter(trashed_at__gt=since, account__isnull=False)
    return set(rows.values_list("account_id", flat=True)[:2000])


def _end(talk: Talk) -> datetime:
    return talk.ended_at or talk.started_at


def _imported(keys: list[int]) -> set[int]:
    lines = Event.objects.filter(
        kind="talk.created", via="import", subjects__object=KIND, subjects__record_id__in=keys
    )
    return set(lines.values_list("subjects__record_id", flat=True))
