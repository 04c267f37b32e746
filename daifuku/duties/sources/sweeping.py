"""Every minute: what people have planned and talked about since is looked through once, many at a time.

Nothing here asks for a line of the ledger each, and nothing holds up the save of a talk. `wanted` only reads, so that
an idle program writes nothing. Years of talks that an import brought in, or a day of beginning long ago, are gone
through page by page: each page is kept, and after a while the rest is left to the next minute.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils import timezone

from daifuku.activities.models import Talk
from daifuku.duties.finding import quiet
from daifuku.duties.models import Policy
from daifuku.duties.models.policy import kept_policy
from daifuku.duties.models.progress import reached, upto
from daifuku.duties.sources import plans, talks
from daifuku.foundation.calendar import moment_on
from daifuku.foundation.portions import portions
from daifuku.ledger import writing as ledger

NAME, TALKS = "sweep", "sweep.talks"
BATCH, PAGE = 400, 2000
# What was committed a moment after its time is looked at the next time round.
OVERLAP = timedelta(minutes=2)
# A run leaves the worker to others after so long.
SECONDS = 30.0
# Talks are told within days; what was held longer before is not looked for twice.
TOLD_WITHIN = timedelta(days=31)


def wanted() -> bool:
    now = timezone.now()
    since = upto(NAME, now - timedelta(days=30))
    return bool(
        talks.changed_since(upto(TALKS, since) - OVERLAP).exists() or plans.ended_between(since, now).exists()
    )


def sweep(now: datetime | None = None, seconds: float = SECONDS) -> int:
    """Looks through everything since the last time, in batches that each stand for themselves."""
    now = now or timezone.now()
    with ledger.writing():
        rules = kept_policy()
    begin = _beginning(rules)
    last = max(upto(NAME, begin), begin)
    start, since = last - OVERLAP, max(upto(TALKS, last), begin) - OVERLAP
    found = 0
    for batch in _batches(plans.ended_between(start, now).order_by("-started_at", "-id")):
        found += plans.owe_results(batch, now, rules)
    found += _look_through_talks(since, now, rules, seconds)
    with ledger.writing():
        found += plans.excuse_deleted(start) + talks.excuse_deleted(start)
        quiet.learn(talks.accounts_of_deleted(start), rules)
        reached(NAME, now)
    return found


def _look_through_talks(since: datetime, now: datetime, rules: Policy, seconds: float) -> int:
    """In the order of their changes. What was held before counting began is no duty, but tells the customer's rhythm;
    the rhythm of a customer is read from all his talks, so once in a run is enough."""
    begin, ends = _beginning(rules), time.monotonic() + seconds
    found, place, learned = 0, (since, 0), set[int]()
    while page := _page(*place):
        fresh = [key for key, _account, _changed, started in page if started >= begin]
        for keys in portions(fresh, BATCH):
            batch = list(Talk.plain.filter(pk__in=keys).order_by("pk"))
            found += talks.judge_entries(batch, rules) + talks.take_back_deleted(batch)
        accounts = {account for _key, account, _changed, _started in page if account is not None} - learned
        quiet.learn(accounts, rules)
        learned |= accounts
        place = (page[-1][2], page[-1][0])
        whole = len(page) < PAGE
        with ledger.writing():
            reached(TALKS, now if whole else place[0] + OVERLAP)
        if whole or time.monotonic() > ends:
            break
    return found


def _page(changed: datetime, key: int) -> list[tuple[int, int | None, datetime, datetime]]:
    behind = Q(updated_at__gt=changed) | Q(updated_at=changed, pk__gt=key)
    rows = talks.changed_since(changed, including=True).filter(behind).order_by("updated_at", "id")
    return list(rows.values_list("pk", "account_id", "updated_at", "started_at")[:PAGE])


def sweep_again(now: datetime, back: timedelta) -> int:
    """What was over or entered in the last days and still owes nothing: it came late (a copy, another clock), or
    takes days. Most of a week is known by then, so that only the rest is read."""
    with ledger.writing():
        rules = kept_policy()
    begin = _beginning(rules)
    start = max(now - back, begin) - OVERLAP
    found = 0
    late = plans.without_duty(plans.ended_between(start, now, plans.LONGEST))
    for batch in _batches(late.order_by("-started_at", "-id")):
        found += plans.owe_results(batch, now, rules)
    held = talks.changed_since(start).filter(started_at__gte=max(begin, start - TOLD_WITHIN))
    for batch in _batches(talks.without_duty(held).order_by("updated_at", "id")):
        found += talks.judge_entries(batch, rules)
    return found


def _beginning(rules: Policy) -> datetime:
    return moment_on(rules.begins_on)


def _batches(rows: Any) -> Iterator[list[Any]]:
    every = iter(rows.iterator(chunk_size=BATCH))
    while batch := list(islice(every, BATCH)):
        yield batch
