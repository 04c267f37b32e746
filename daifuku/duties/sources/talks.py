"""A talk that was held without a plan was entered in time or late: how long after it had ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from daifuku.activities.models import Talk
from daifuku.duties import deadlines
from daifuku.duties.actions.owing import Owed, owe_many
from daifuku.duties.models import Duty, Policy
from daifuku.duties.sources.plans import due_of, next_visits
from daifuku.ledger.models import Event

KIND = "talk"


def key_of(talk: int) -> str:
    return f"{KIND}:{talk}"


def changed_since(since: datetime) -> Any:
    """By the index of changes; a talk is judged once, as it was first entered. A meeting of the house is none."""
    return Talk.plain.filter(updated_at__gt=since, trashed_at__isnull=True, internal__isnull=True)


def without_duty(talks: Any) -> Any:
    known = Duty.objects.filter(kind=KIND, subject_object=Talk.object_key, subject_id=OuterRef("pk"))
    return talks.filter(plan__isnull=True).exclude(Exists(known))


def judge_entries(talks: Sequence[Talk], rules: Policy) -> int:
    """Talks that were imported come from another book, those that a plan became are its result: neither counts."""
    own = [talk for talk in talks if talk.plan_id is None and talk.owner_id is not None]
    imported = _imported([talk.pk for talk in own])
    known = set(
        Duty.objects.filter(key__in=[key_of(talk.pk) for talk in own]).values_list("subject_id", flat=True)
    )
    own = [talk for talk in own if talk.pk not in imported and talk.pk not in known]
    ends = [(talk.owner_id, _end(talk)) for talk in own if talk.method in deadlines.VISITS]
    visits = next_visits(ends, rules)
    return owe_many(
        Owed(
            key_of(talk.pk), KIND, talk.owner_id, due_of(talk, _end(talk), visits, rules), subject=talk,
            done_at=talk.created_at, entered_at=talk.entered_at, done_by=talk.created_by_id,
        )
        for talk in own
    )  # fmt: skip


def forget_deleted(since: datetime) -> int:
    """A talk in the trash was a mistake: it counts neither way."""
    gone = list(Talk.plain.filter(trashed_at__gt=since).values_list("pk", flat=True)[:2000])
    keys = [key_of(key) for key in gone]
    return sum(
        Duty.objects.filter(key__in=keys[start : start + 400]).delete()[0]
        for start in range(0, len(keys), 400)
    )


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
