"""Every minute: what people have planned and talked about since is looked through once, many at a time.

Nothing here asks for a line of the ledger each, and nothing holds up the save of a talk. `wanted` only reads, so that
an idle program writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from daifuku.duties.finding import quiet
from daifuku.duties.models import Policy
from daifuku.duties.models.policy import kept_policy
from daifuku.duties.models.progress import reached, upto
from daifuku.duties.sources import plans, talks
from daifuku.ledger import writing as ledger

NAME = "sweep"
BATCH = 400
# What was committed a moment after its time is looked at the next time round.
OVERLAP = timedelta(minutes=2)


def wanted() -> bool:
    now = timezone.now()
    since = upto(NAME, now - timedelta(days=30))
    return bool(talks.changed_since(since).exists() or plans.ended_between(since, now).exists())


def sweep(now: datetime | None = None) -> int:
    """Looks through everything since the last time, in batches that each stand for themselves."""
    now = now or timezone.now()
    with ledger.writing():
        rules = kept_policy()
    begin = _beginning(rules)
    start = max(upto(NAME, begin), begin) - OVERLAP
    found = 0
    for batch in _batches(plans.ended_between(start, now).order_by("-started_at", "-id")):
        found += plans.owe_results(batch, now, rules)
    for batch in _batches(talks.changed_since(start).order_by("updated_at", "id")):
        found += talks.judge_entries(batch, rules)
        quiet.learn({talk.account_id for talk in batch if talk.account_id is not None}, rules)
    with ledger.writing():
        found += plans.excuse_deleted(start) + talks.forget_deleted(start)
        quiet.learn(talks.accounts_of_deleted(start), rules)
        reached(NAME, now)
    return found


def sweep_again(now: datetime, back: timedelta) -> int:
    """What was over or entered in the last days and still owes nothing: it came late (a copy, another clock), or
    takes days. Most of a week is known by then, so that only the rest is read."""
    with ledger.writing():
        rules = kept_policy()
    start = max(now - back, _beginning(rules)) - OVERLAP
    found = 0
    late = plans.without_duty(plans.ended_between(start, now, plans.LONGEST))
    for batch in _batches(late.order_by("-started_at", "-id")):
        found += plans.owe_results(batch, now, rules)
    for batch in _batches(talks.without_duty(talks.changed_since(start)).order_by("updated_at", "id")):
        found += talks.judge_entries(batch, rules)
    return found


def _beginning(rules: Policy) -> datetime:
    return timezone.make_aware(datetime.combine(rules.begins_on, datetime.min.time()))


def _batches(rows: Any) -> Iterator[list[Any]]:
    every = iter(rows.iterator(chunk_size=BATCH))
    while batch := list(islice(every, BATCH)):
        yield batch
