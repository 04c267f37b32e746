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


def sweep(now: datetime | None = None, since: datetime | None = None) -> int:
    """Looks through everything since the last time (or `since`), in batches that each stand for themselves."""
    now = now or timezone.now()
    with ledger.writing():
        rules = kept_policy()
    begin = timezone.make_aware(datetime.combine(rules.begins_on, datetime.min.time()))
    start = since or max(upto(NAME, begin), begin)
    found = 0
    longest = plans.LONGEST if since else plans.USUAL
    for batch in _batches(plans.ended_between(start - OVERLAP, now, longest).order_by("-started_at", "-id")):
        found += plans.owe_results(batch, now, rules)
    for batch in _batches(talks.changed_since(start - OVERLAP).order_by("updated_at", "id")):
        found += talks.judge_entries(batch, rules)
        quiet.learn({talk.account_id for talk in batch if talk.account_id is not None}, rules)
    with ledger.writing():
        found += plans.excuse_deleted(start - OVERLAP) + talks.forget_deleted(start - OVERLAP)
        quiet.learn(talks.accounts_of_deleted(start - OVERLAP), rules)
        reached(NAME, now)
    return found


def _batches(rows: Any) -> Iterator[list[Any]]:
    every = iter(rows.iterator(chunk_size=BATCH))
    while batch := list(islice(every, BATCH)):
        yield batch
