"""What being left out has changed: the input rate before, on the days without new leads, and after; leads given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils import timezone

from daifuku.distribution.models import Decision, Spell
from daifuku.duties.models import Duty
from daifuku.duties.models.policy import policy
from daifuku.duties.rate import Rate, percent, standing

SPAN, MOST = timedelta(days=14), 50


@dataclass
class Phase:
    """`rate` is None where too little came due."""

    since: date
    until: date
    rate: int | None = None
    given: int = 0


@dataclass
class Row:
    spell: Spell
    before: Phase
    during: Phase
    after: Phase | None = None

    @property
    def phases(self) -> list[Phase]:
        return [phase for phase in (self.before, self.during, self.after) if phase]

    @property
    def days(self) -> int:
        return (self.during.until - self.during.since).days + 1

    @property
    def gained(self) -> int | None:
        """In points, from before to after (or to now)."""
        last = self.after or self.during
        return None if last.rate is None or self.before.rate is None else last.rate - self.before.rate


@dataclass
class Report:
    rows: list[Row] = field(default_factory=list)

    @property
    def ended(self) -> list[Row]:
        return [row for row in self.rows if row.spell.ended_at]

    @property
    def mean_days(self) -> int | None:
        done = [row.days for row in self.ended]
        return round(sum(done) / len(done)) if done else None

    @property
    def mean_gain(self) -> Decimal | None:
        gains = [row.gained for row in self.rows if row.gained is not None]
        return Decimal(sum(gains)) / len(gains) if gains else None


def report(now: datetime) -> Report:
    """The latest spells; three questions, however many there are."""
    today = timezone.localdate(now)
    spells = list(Spell.objects.select_related("person")[:MOST])
    rows = [_row(spell, today) for spell in spells]
    if not rows:
        return Report()
    people = sorted({spell.person_id for spell in spells})
    since = min(phase.since for row in rows for phase in row.phases)
    _rates(rows, people, since, today, now)
    _leads(rows, people, since)
    return Report(rows)


def _row(spell: Spell, today: date) -> Row:
    began = timezone.localdate(spell.began_at)
    ended = timezone.localdate(spell.ended_at) if spell.ended_at else None
    after = Phase(ended, min(ended + SPAN, today)) if ended else None
    return Row(spell, Phase(began - SPAN, began - timedelta(days=1)), Phase(began, ended or today), after)


def _rates(rows: list[Row], people: list[int], since: date, today: date, now: datetime) -> None:
    """Duties counted by day, so that every phase adds up its own."""
    due = Duty.objects.filter(owner_id__in=people, due_on__gte=since, due_on__lte=today, weight__gt=0)
    counted = due.annotate(standing=standing(now)).order_by().values("owner_id", "standing", "due_on")
    summed = counted.annotate(number=Count("id"), whole=Sum("weight"))
    by_day = list(summed.values_list("owner_id", "standing", "due_on", "number", "whole"))
    rules = policy()
    for row in rows:
        for phase in row.phases:
            rate = Rate(rules)
            for owner, state, day, number, weight in by_day:
                if owner == row.spell.person_id and phase.since <= day <= phase.until:
                    rate.add("", state, number, weight)
            phase.rate = percent(rate.share)


def _leads(rows: list[Row], people: list[int], since: date) -> None:
    given = Decision.objects.filter(person__in=people, at__date__gte=since).values_list("person_id", "at")
    for person, at in given:
        day = timezone.localdate(at)
        for row in rows:
            for phase in row.phases:
                if row.spell.person_id == person and phase.since <= day <= phase.until:
                    phase.given += 1
