"""What happens by itself: ready leads are passed on where the firm wants that, and who leads hears of late answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from daifuku.customers.models import Lead
from daifuku.distribution.clock import is_open, worked
from daifuku.distribution.house import House
from daifuku.distribution.models import Setup as Distribution
from daifuku.distribution.models import Taker
from daifuku.distribution.models.setup import setup as distribution_setup
from daifuku.duties.working import Calendar
from daifuku.foundation.errors import Conflict
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment, through
from daifuku.passing import telling
from daifuku.passing.actions.passing_on import hand_over
from daifuku.passing.models import Handing, Setup, State, Target, setup
from daifuku.passing.readiness import condition_of, is_ready
from daifuku.staff.models import Membership

MOST = 500


def ready_ones(rules: Setup, now: datetime) -> Any:
    """Became ready since it was switched on, and were never passed on: what came back is passed on by hand. What sales
    have already is left alone."""
    today = timezone.localdate(now)
    handed = Handing.objects.filter(lead=OuterRef("pk")).exclude(state=State.WITHDRAWN)
    rows = Lead.plain.filter(condition_of(rules).q(House(), today), trashed_at__isnull=True)
    rows = rows.filter(converted_at__isnull=True)
    rows = rows.filter(updated_at__gte=rules.since).exclude(Exists(handed))
    return rows.filter(~Q(owner__in=_sellers(rules)) | Q(owner__isnull=True)).order_by("pk")


def _sellers(rules: Setup) -> Any:
    if rules.target == Target.TEAM:
        return Membership.objects.filter(team=rules.team).values("person")
    return Taker.objects.filter(active=True).values("person")


def anything_ready() -> bool:
    rules = setup()
    return rules.on and rules.automatic and rules.since is not None and ready_ones(rules, moment()).exists()


def pass_ready(now: datetime | None = None) -> int:
    """Each in a transaction of its own; whom nobody can take stays where it is and is tried again."""
    rules, now, done = setup(), now or moment(), 0
    if not (rules.on and rules.automatic and rules.since is not None):
        return 0
    for key in list(ready_ones(rules, now).values_list("pk", flat=True)[:MOST]):
        try:
            with ledger.writing(), through("rule"):
                rows = Lead.plain.select_for_update(of=("self",), no_key=True).select_related("owner", "team")
                lead = rows.get(pk=key)
                if is_ready(lead, rules, timezone.localdate(now)):
                    hand_over(lead, rules.team if rules.target == Target.TEAM else None, "", by=None)
                    done += 1
        except Conflict:
            continue
    return done


def anything_waiting() -> bool:
    return Handing.objects.filter(state=State.WAITING, escalated_at__isnull=True).exists()


def escalate(now: datetime | None = None) -> int:
    """Once for each: so many working hours of the receiver without an answer. Counted while the firm is at work."""
    now, rules, hours = now or moment(), setup(), distribution_setup()
    if not is_open(hours, Calendar([], timezone.localdate(now)), now):
        return 0
    limit = timedelta(hours=rules.hours)
    rows = Handing.objects.filter(
        state=State.WAITING, escalated_at__isnull=True, at__lte=now - limit, lead__trashed_at__isnull=True
    )
    found = list(rows.select_related("lead", "person", "team__parent").order_by("pk")[:MOST])
    calendar = Calendar({each.person_id for each in found if each.person_id}, timezone.localdate(now))
    late = [each for each in found if _worked(hours, calendar, each, now) >= limit]
    for handing in late:
        with ledger.writing():
            kept = Handing.objects.filter(pk=handing.pk, state=State.WAITING, escalated_at__isnull=True)
            if not kept.update(escalated_at=now):
                continue
            about = [ledger.About("lead", handing.lead_id)]
            event = ledger.record("lead.pass_late", by=None, about=about, data={"handing": str(handing.uid)})
        telling.tell_late(handing, rules.hours, event)
    return len(late)


def _worked(hours: Distribution, calendar: Calendar, handing: Handing, now: datetime) -> timedelta:
    return worked(hours, calendar, handing.person_id, handing.at, now)
