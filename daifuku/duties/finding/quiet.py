"""Customers of whom nothing was heard for longer than usual: usual is what it is with this customer.

The usual interval is the median of the last gaps between days with a talk, which one long summer does not move; there
must be at least three gaps, and less than the floor (settings) it never is. It is kept for each customer and worked
out anew when something was talked about, so that the morning asks only for those whose day has come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from daifuku.activities.models import Plan, Talk
from daifuku.activities.models.plan import OPEN
from daifuku.customers.models import Account
from daifuku.duties import deadlines
from daifuku.duties.actions.owing import Owed, owe_many, release
from daifuku.duties.models import Duty, Policy, Rhythm
from daifuku.foundation.portions import pieces, portions
from daifuku.ledger import writing as ledger

KIND = "account_quiet"
LAST, FEWEST_GAPS = 24, 3
# Whoever is usually heard of twice a year is not waited for.
LONGEST = 180
SILENT = ("ended",)
# What became quiet longer ago is no news: it would drown the rest on the first morning.
NEWS = timedelta(days=60)
BATCH = 400


def usual_gap(days: Sequence[date]) -> int | None:
    """The median number of days between these days (any order, each once); None where there are too few."""
    ordered = sorted(set(days))
    gaps = [(after - before).days for before, after in zip(ordered, ordered[1:], strict=False)]
    return ceil(median(gaps)) if len(gaps) >= FEWEST_GAPS else None


def quiet_from(last: date, usual: int | None, rules: Policy) -> date | None:
    """The first day on which the silence is longer than usual."""
    if usual is None or usual > LONGEST:
        return None
    wait = ceil(max(usual, rules.quiet_floor) * rules.quiet_percent / 100)
    return last + timedelta(days=wait)


def learn(accounts: Iterable[int], rules: Policy) -> None:
    """Works the rhythm of these customers out anew; one question and one write for a few hundred."""
    for part in portions(sorted(accounts), BATCH):
        days: dict[int, list[date]] = {}
        for account, at in _last_talks(part):
            days.setdefault(account, []).append(timezone.localtime(at).date())
        rows = []
        for account, each in days.items():
            usual = usual_gap(each)
            rows.append(
                Rhythm(
                    account_id=account,
                    last_on=max(each),
                    usual=usual,
                    due_on=quiet_from(max(each), usual, rules),
                )
            )
        with ledger.writing():
            Rhythm.objects.filter(account_id__in=set(part) - set(days)).delete()
            Rhythm.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["account_id"],
                update_fields=["last_on", "usual", "due_on"],
            )  # fmt: skip


def _last_talks(accounts: Sequence[int]) -> Any:
    rows = Talk.plain.filter(account_id__in=accounts, trashed_at__isnull=True)
    place = Window(RowNumber(), partition_by=F("account_id"), order_by=F("started_at").desc())
    return rows.annotate(place=place).filter(place__lte=LAST).values_list("account_id", "started_at")


def find(today: date, now: datetime, rules: Policy) -> int:
    """Those whose day has come become something to do; returns how many are new."""
    found = 0
    for rows in pieces(_due(today, now), BATCH):
        rhythms = {
            each.account_id: each for each in Rhythm.objects.filter(account_id__in=[row.pk for row in rows])
        }
        found += owe_many(_owed(account, rhythms[account.pk], today) for account in rows)
    release(_settled(now))
    return found


def _due(today: date, now: datetime) -> Any:
    due = Rhythm.objects.filter(due_on__lte=today, due_on__gt=today - NEWS).values("account_id")
    rows = Account.plain.filter(pk__in=due, trashed_at__isnull=True, owner__isnull=False)
    return rows.exclude(status__in=SILENT).exclude(Exists(_plans(now))).only("pk", "owner_id")


def _plans(now: datetime) -> Any:
    return Plan.plain.filter(
        account=OuterRef("pk"), trashed_at__isnull=True, state__in=OPEN, started_at__gt=now
    )


def _owed(account: Any, rhythm: Rhythm, today: date) -> Owed:
    return Owed(
        f"{KIND}:{account.pk}:{rhythm.last_on.isoformat()}", KIND, account.owner_id, deadlines.end_of_day(today),
        subject=(Account.object_key, account.pk), weight=0,
        facts={"usual": rhythm.usual, "since": rhythm.last_on.isoformat()},
    )  # fmt: skip


def _settled(now: datetime) -> list[str]:
    """Not asked for any more: in the trash, ended, in nobody's charge, a meeting is planned, or there was a talk."""
    waiting = list(Duty.objects.waiting().filter(kind=KIND).values_list("subject_id", "key", "facts"))
    gone: list[str] = []
    for part in portions(waiting, BATCH):
        keys = [account for account, _key, _facts in part if account]
        rows = Account.plain.filter(pk__in=keys).filter(
            Q(trashed_at__isnull=False) | Q(status__in=SILENT) | Q(owner__isnull=True) | Exists(_plans(now))
        )
        out = set(rows.values_list("pk", flat=True))
        heard = dict(Rhythm.objects.filter(account_id__in=keys).values_list("account_id", "last_on"))
        gone += [
            key
            for account, key, facts in part
            if account in out or (account in heard and heard[account].isoformat() > facts["since"])
        ]
    return gone
