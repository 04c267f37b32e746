"""Leads that nobody has contacted yet: no talk, no plan, though somebody is in charge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from daifuku.activities.models import Plan, Talk
from daifuku.activities.models.plan import OPEN
from daifuku.customers.models import Lead
from daifuku.customers.models.lead import CONVERTED
from daifuku.duties import deadlines
from daifuku.duties.actions.owing import Owed, owe_many, release
from daifuku.duties.models import Duty, Policy
from daifuku.duties.models.progress import reached, upto
from daifuku.duties.working import Calendar
from daifuku.foundation.portions import pieces, portions
from daifuku.ledger import writing as ledger

KIND = "lead_untouched"
# Older ones are cold: there are campaigns for them.
YOUNG = timedelta(days=180)
# Looked at again for so long, and as long as a lead may wait.
AGAIN = timedelta(days=31)
GIVEN_UP = "unqualified"
BATCH = 400


def find(today: date, now: datetime, rules: Policy) -> int:
    """Each becomes something to do on the working day after its time; returns how many are new.

    Whoever was looked at on an earlier morning, under the same rule, is looked at again only when something moved.
    """
    oldest = now - YOUNG
    name = f"{KIND}:{rules.lead_days}"
    since = max(oldest, upto(name, oldest) - AGAIN - timedelta(days=2 * rules.lead_days))
    calendar = Calendar([], today, rules)
    found = 0
    for rows in (*_changed(since, oldest, now), *_freed(since, oldest, now)):
        due = ((lead, calendar.after(_day(lead), rules.lead_days)) for lead in rows)
        found += owe_many(_owed(lead, day) for lead, day in due if day <= today)
    release(_settled())
    with ledger.writing():
        reached(name, now)
    return found


def _changed(since: datetime, oldest: datetime, now: datetime) -> Iterator[list[Lead]]:
    """By the index of changes: nothing was made before it was last changed."""
    return pieces(_unknown(_untouched(oldest, now)).filter(updated_at__gte=since), BATCH)


def _freed(since: datetime, oldest: datetime, now: datetime) -> Iterator[list[Lead]]:
    """Those whose plan is over or was called off since, or whose talk went into the trash."""
    plans = Plan.plain.filter(lead__isnull=False)
    keys: set[int] = set()
    for rows in (
        plans.filter(trashed_at__isnull=True, started_at__gte=since, started_at__lte=now),
        plans.filter(trashed_at__isnull=True, updated_at__gte=since),
        plans.filter(trashed_at__gte=since),
        Talk.plain.filter(lead__isnull=False, trashed_at__gte=since),
    ):
        keys.update(rows.order_by().values_list("lead_id", flat=True))
    for part in portions(sorted(keys), BATCH):
        yield list(_unknown(_untouched(oldest, now)).filter(pk__in=part).order_by("pk"))


def _untouched(oldest: datetime, now: datetime) -> Any:
    rows = Lead.plain.filter(trashed_at__isnull=True, owner__isnull=False, created_at__gte=oldest)
    rows = rows.exclude(CONVERTED)
    rows = rows.exclude(status=GIVEN_UP).exclude(Exists(_talks())).exclude(Exists(_plans(now)))
    return rows.only("pk", "owner_id", "created_at")


def _unknown(leads: Any) -> Any:
    """Those that are already asked for, or were excused, need no second look while the person is the same."""
    known = Duty.objects.filter(
        kind=KIND, subject_object=Lead.object_key, subject_id=OuterRef("pk"), owner_id=OuterRef("owner_id")
    )
    return leads.exclude(Exists(known))


def _talks() -> Any:
    return Talk.plain.filter(lead=OuterRef("pk"), trashed_at__isnull=True)


def _plans(now: datetime) -> Any:
    return Plan.plain.filter(lead=OuterRef("pk"), trashed_at__isnull=True, state__in=OPEN, started_at__gt=now)


def _owed(lead: Any, due: date) -> Owed:
    return Owed(
        f"{KIND}:{lead.pk}", KIND, lead.owner_id, deadlines.end_of_day(due), subject=(Lead.object_key, lead.pk),
        weight=0, facts={"since": _day(lead).isoformat()},
    )  # fmt: skip


def _day(lead: Any) -> date:
    return timezone.localtime(lead.created_at).date()


def _settled() -> list[str]:
    """Of those that are still asked for: given up, in the trash, in nobody's charge, or a customer now."""
    open_ones = dict(Duty.objects.waiting().filter(kind=KIND).values_list("subject_id", "key"))
    alive: set[int] = set()
    keys = [lead for lead in open_ones if lead is not None]
    for part in portions(keys, BATCH):
        rows = Lead.plain.filter(pk__in=part, trashed_at__isnull=True, owner__isnull=False)
        rows = rows.exclude(status=GIVEN_UP).exclude(CONVERTED)
        alive.update(rows.values_list("pk", flat=True))
    return [key for lead, key in open_ones.items() if lead not in alive]
