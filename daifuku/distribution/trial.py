"""What the settings would have done with the leads of the last month: nothing is written, nobody is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from daifuku.customers.models import Lead
from daifuku.distribution.desk import Desk, Verdict
from daifuku.distribution.models import Rule, Setup, Taker
from daifuku.distribution.words import said
from daifuku.staff.models import Person

BACK, MOST, SHOWN = timedelta(days=31), 5000, 50


@dataclass
class Would:
    """One person: how many he would have got, how many he has."""

    person: Person
    would: int = 0
    has: int = 0


@dataclass
class Trial:
    number: int = 0
    waiting: int = 0
    people: list[Would] = field(default_factory=list)
    lines: list[tuple[Any, Person | None, str]] = field(default_factory=list)
    by_rule: list[tuple[str, int]] = field(default_factory=list)
    cut: bool = False


def run(rules: Setup, now: datetime, *, also: Rule | None = None) -> Trial:
    """With `also` (a rule that is not saved, or saved and not used) as if it were used."""
    entries = [rule for rule in Rule.objects.order_by("position", "pk") if also is None or rule.pk != also.pk]
    if also is not None:
        also.active = True
        entries = sorted([*entries, also], key=lambda rule: rule.position)
    takers = list(Taker.objects.select_related("person").order_by("pk"))
    for taker in takers:
        taker.most_a_day = 0  # A month in one go: the limits of a day say nothing.
    desk = Desk(rules, entries, takers, now, always_open=True, counting=False)
    rows = Lead.plain.filter(trashed_at__isnull=True, created_at__gte=now - BACK).order_by("pk")
    leads = list(rows.select_related("owner")[: MOST + 1])
    desk.lay_out(leads[:MOST])
    _without_themselves(desk, leads)
    verdicts = [(lead, desk.decide(lead)) for lead in leads[:MOST]]
    return _told(verdicts, len(leads) > MOST)


def _without_themselves(desk: Desk, leads: list[Lead]) -> None:
    """What came of this month's leads since then is no relation that was there before."""
    month = {lead.pk for lead in leads}
    desk.known = {
        key: found for key, found in desk.known.items() if found.object != "lead" or found.record not in month
    }


def _told(verdicts: list[tuple[Lead, Verdict]], cut: bool) -> Trial:
    would = Counter(verdict.person for _lead, verdict in verdicts)
    has = Counter(lead.owner_id for lead, _verdict in verdicts)
    people = Person.objects.in_bulk([key for key in {*would, *has} if key])
    found = [Would(person, would[key], has[key]) for key, person in people.items()]
    found.sort(key=lambda each: (-each.would, str(each.person)))
    rules = Counter(verdict.rule.name for _lead, verdict in verdicts if verdict.rule)
    lines = [
        (lead, people.get(verdict.person or 0), " ".join(said(step).sentence for step in verdict.steps))
        for lead, verdict in verdicts[-SHOWN:][::-1]
    ]
    return Trial(len(verdicts), would[None], found, lines, rules.most_common(), cut)
