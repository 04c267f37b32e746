"""Leads that nobody has contacted yet: no talk, no plan, though somebody is in charge."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from daifuku.activities.models import Plan, Talk
from daifuku.activities.models.plan import OPEN
from daifuku.customers.models import Lead
from daifuku.duties import deadlines
from daifuku.duties.actions.owing import Owed, owe_many, release
from daifuku.duties.models import Duty, Policy
from daifuku.duties.working import Calendar
from daifuku.foundation.portions import portions

KIND = "lead_untouched"
# Older ones are cold: there are campaigns for them.
YOUNG = timedelta(days=180)
GIVEN_UP = "unqualified"
BATCH = 400


def find(today: date, now: datetime, rules: Policy) -> int:
    """Each becomes something to do on the working day after its time; returns how many are new."""
    oldest = now - YOUNG
    calendar = Calendar([], today, rules)
    found, last = 0, 0
    while True:
        rows = list(_unknown(_untouched(oldest, now)).filter(pk__gt=last).order_by("pk")[:BATCH])
        if not rows:
            break
        last = rows[-1].pk
        due = ((lead, calendar.after(_day(lead), rules.lead_days)) for lead in rows)
        found += owe_many(_owed(lead, day) for lead, day in due if day <= today)
    release(_settled())
    return found


def _untouched(oldest: datetime, now: datetime) -> Any:
    """By the index of changes: nothing was made before it was last changed."""
    rows = Lead.plain.filter(
        trashed_at__isnull=True, owner__isnull=False, updated_at__gte=oldest, created_at__gte=oldest
    ).exclude(status=GIVEN_UP)
    return rows.exclude(Exists(_talks())).exclude(Exists(_plans(now))).only("pk", "owner_id", "created_at")


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
    """Of those that are still asked for: given up, in the trash, or in nobody's charge."""
    open_ones = dict(Duty.objects.waiting().filter(kind=KIND).values_list("subject_id", "key"))
    alive: set[int] = set()
    keys = [lead for lead in open_ones if lead is not None]
    for part in portions(keys, BATCH):
        rows = Lead.plain.filter(pk__in=part, trashed_at__isnull=True, owner__isnull=False)
        alive.update(rows.exclude(status=GIVEN_UP).values_list("pk", flat=True))
    return [key for lead, key in open_ones.items() if lead not in alive]
