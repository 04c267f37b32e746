"""What happens by itself: new leads are decided, alarms given, what nobody touched goes on to the next.

Every question is asked in sets; whatever was done is not found again, so that a worker that died is no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from daifuku.activities.models import Talk
from daifuku.customers.models import Lead
from daifuku.customers.models.lead import STILL_A_LEAD
from daifuku.distribution import telling
from daifuku.distribution.actions.distributing import Outcome, desk_at, distribute
from daifuku.distribution.clock import is_open, worked
from daifuku.distribution.models import Decision, Setup
from daifuku.distribution.models.decision import OF_A_LEAD, Reason, State
from daifuku.distribution.models.setup import setup
from daifuku.duties.working import Calendar
from daifuku.foundation.calendar import moment_on
from daifuku.foundation.portions import portions
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment, through
from daifuku.ledger.models import Event
from daifuku.records.actions.settling import held

MOST, AT_ONCE = 2000, 50


def new_ones(rules: Setup) -> Any:
    """Leads since it was switched on about which nothing was decided yet, in nobody's hands or in a giver's."""
    rows = Lead.plain.filter(STILL_A_LEAD, created_at__gte=rules.since)
    free = Q(owner__isnull=True)
    if rules.givers:
        free |= Q(owner__in=rules.givers, created_by=F("owner"))
    decided = Decision.objects.filter(lead=OuterRef("pk"))
    return rows.filter(free).exclude(Exists(decided)).order_by("pk").values_list("pk", flat=True)


def anything_new() -> bool:
    rules = setup()
    return rules.on and rules.since is not None and new_ones(rules).exists()


def take_new() -> Outcome:
    """As soon as they are there: of two of one firm the second finds whoever got the first."""
    rules = setup()
    if not rules.on or rules.since is None:
        return Outcome()
    keys = list(new_ones(rules)[:MOST])
    return _in_one_go(keys, givers=rules.givers)


def _in_one_go(keys: list[int], **options: Any) -> Outcome:
    """One tells each for himself, many are one line, and one sentence for each person."""
    with through("rule"):
        if len(keys) <= 3:
            return distribute(keys, by=None, **options)
        with ledger.writing():
            run = ledger.record("distribution.ran", by=None, data={"number": len(keys)})
        with through(cause=run):
            outcome = distribute(keys, by=None, run=run, **options)
        telling.tell_many(run, dict(outcome.given))
    return outcome


def anything_open() -> bool:
    return setup().on and Decision.objects.filter(state__in=[State.WAITING, State.GIVEN]).exists()


def look_after(now: datetime | None = None) -> None:
    """Every few minutes, in working hours: standing, what waited for the morning, alarms, warnings, returns."""
    now, rules = now or moment(), setup()
    if not rules.on or not is_open(rules, Calendar([], timezone.localdate(now)), now):
        return
    with ledger.writing():
        desk_at(held(Setup), now)
    ask_again(now)
    alarm(rules, now)
    untouched(rules, now)


def ask_again(now: datetime) -> Outcome:
    """What came outside of working hours, and once a day what nobody could take."""
    waiting = Decision.objects.filter(OF_A_LEAD, state=State.WAITING, lead__owner__isnull=True)
    waiting = waiting.exclude(reason=Reason.RULE)
    due = waiting.filter(Q(reason=Reason.OUTSIDE) | Q(at__lt=moment_on(timezone.localdate(now)))).order_by(
        "lead_id"
    )
    return _in_one_go(list(due.values_list("lead_id", flat=True)[:MOST]))


def alarm(rules: Setup, now: datetime) -> int:
    """Once for each lead that has waited so many working hours."""
    limit = timedelta(hours=rules.alarm_hours)
    rows = Decision.objects.filter(
        OF_A_LEAD, state=State.WAITING, alarmed_at__isnull=True, at__lte=now - limit
    )
    found = list(rows.select_related("team__parent").order_by("pk")[:MOST])
    calendar = Calendar([], timezone.localdate(now))
    waiting = [each for each in found if worked(rules, calendar, None, each.at, now) >= limit]
    if waiting:
        with ledger.writing():
            Decision.objects.filter(pk__in=[each.pk for each in waiting]).update(alarmed_at=now)
            event = ledger.record("distribution.alarmed", by=None, data={"number": len(waiting)})
        telling.tell_alarm(waiting, rules.alarm_hours, event)
    return len(waiting)


def untouched(rules: Setup, now: datetime) -> tuple[int, int]:
    """Warns whoever has not begun, and hands on what he has left too long; (warned, handed on)."""
    least = timedelta(hours=rules.return_hours - rules.warn_hours)
    rows = Decision.objects.filter(OF_A_LEAD, state=State.GIVEN, at__lte=now - least)
    talks = Talk.plain.filter(lead=OuterRef("lead"), trashed_at__isnull=True, created_at__gte=OuterRef("at"))
    rows = rows.filter(lead__owner=F("person")).exclude(Exists(talks))
    found = list(rows.select_related("lead", "person").order_by("pk")[:MOST])
    calendar = Calendar({each.person_id for each in found if each.person_id}, timezone.localdate(now))
    late, soon = [], []
    for decision in found:
        passed = worked(rules, calendar, decision.person_id, decision.at, now)
        if decision.warned_at is not None and passed >= timedelta(hours=rules.return_hours):
            late.append(decision)
        elif decision.warned_at is None and passed >= least:
            soon.append(decision)
    _warn(rules, soon, now)
    _hand_on(late)
    return len(soon), len(late)


def _warn(rules: Setup, soon: list[Decision], now: datetime) -> None:
    for decision in soon:
        with ledger.writing():
            Decision.objects.filter(pk=decision.pk).update(warned_at=now)
            event = _line("lead.distribution_warned", decision)
        telling.tell_warned(decision, rules.warn_hours, event)


def _hand_on(late: list[Decision]) -> None:
    """Nobody gets a lead again that he has let lie."""
    for part in portions(late, AT_ONCE):
        leads = [each.lead_id for each in part]
        but: dict[int, set[int]] = {}
        earlier = Decision.objects.filter(lead__in=leads, state__in=[State.RETURNED, State.GIVEN])
        for lead, person in earlier.values_list("lead_id", "person_id"):
            but.setdefault(lead, set()).add(person)
        with ledger.writing(), through("rule"):
            Decision.objects.filter(pk__in=[each.pk for each in part], state=State.GIVEN).update(
                state=State.RETURNED, ended_at=moment()
            )
            run = ledger.record("distribution.handed_on", by=None, data={"number": len(part)})
            distribute(leads, by=None, again=True, but=but)
        _tell_of(part, run)


def _tell_of(part: Sequence[Decision], run: Event) -> None:
    now = {
        each.lead_id: each.person
        for each in Decision.objects.filter(lead__in=[one.lead_id for one in part], state=State.GIVEN)
        .select_related("person")
    }  # fmt: skip
    for decision in part:
        with ledger.writing():
            event = _line("lead.distribution_lost", decision)
        telling.tell_lost(decision, now.get(decision.lead_id), event)
    telling.tell_leaders_lost(part, run)


def _line(kind: str, decision: Decision) -> Event:
    about = [ledger.About("lead", decision.lead_id)]
    return ledger.record(kind, by=None, about=about, data={"decision": str(decision.uid)})
