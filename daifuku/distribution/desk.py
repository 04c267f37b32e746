"""Where leads are decided: relation, rule, who may take one, whose turn it is, the queue; each step is written down.

A desk is made for one batch inside the transaction that holds the settings, so the turn moves on exactly once for each
lead. It counts along in memory what it gives, and writes nothing itself: a trial run uses the same desk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone

from daifuku.customers.models import Lead
from daifuku.customers.models.lead import STILL_A_LEAD
from daifuku.distribution import relations, ring
from daifuku.distribution.clock import is_away, is_open
from daifuku.distribution.house import House
from daifuku.distribution.models import Decision, Passed, Rule, Setup, Taker
from daifuku.distribution.models.decision import Reason, State
from daifuku.distribution.models.rule import Target
from daifuku.distribution.models.setup import Strategy
from daifuku.duties.working import Calendar
from daifuku.foundation.calendar import moment_on
from daifuku.records import conditions

DONE = ("qualified", "unqualified")
Why = Passed.Why


@dataclass
class Verdict:
    """`person`, or None where it waits (for `team`, or for anybody)."""

    reason: str
    person: int | None = None
    team: int | None = None
    rule: Rule | None = None
    steps: list[dict[str, Any]] = field(default_factory=list)
    passed: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)


class Desk:
    """`counting` False (a trial run) begins with nobody having got any today."""

    def __init__(
        self, rules: Setup, entries: Sequence[Rule], takers: Sequence[Taker], now: datetime, *,
        always_open: bool = False, counting: bool = True,
    ) -> None:  # fmt: skip
        self.rules, self.now, self.today = rules, now, timezone.localdate(now)
        self.takers = {taker.person_id: taker for taker in takers if taker.active}
        self.calendar = Calendar(self.takers, self.today)
        self.open = always_open or is_open(rules, self.calendar, now)
        self.house = House()
        self.entries = [
            (rule, conditions.parse_leniently(rule.condition, "lead", self.house))
            for rule in entries
            if rule.active
        ]
        self.ring = ring.read(rules.ring)
        self.rings = {rule.pk: ring.read(rule.ring) for rule in entries}
        self.loads = _open_leads(self.takers) if counting else Counter()
        self.given_today = _given_on(self.takers, self.now) if counting else Counter()
        self.refusals = {person: self._refusals_of(taker) for person, taker in self.takers.items()}
        self.known: dict[int, relations.Found] = {}
        self.keys: dict[int, set[relations.Key]] = {}
        self.apart: dict[int, set[int]] = {}
        self.fresh: dict[relations.Key, list[relations.Found]] = {}

    def lay_out(self, leads: Sequence[Lead], domains: relations.Domains | None = None) -> None:
        """Looks up the relations of these leads together."""
        self.keys = relations.keys_of(lead.pk for lead in leads)
        self.apart = relations.apart_of(self.keys)
        self.known = relations.related(self.keys, domains, self.apart)

    def decide(self, lead: Lead, but: Collection[int] = ()) -> Verdict:
        """`but` are those who had it before and did nothing with it."""
        verdict = self._decide(lead, but)
        if verdict.person is not None:
            self._count(lead, verdict.person)
        return verdict

    def _decide(self, lead: Lead, but: Collection[int]) -> Verdict:
        steps: list[dict[str, Any]] = []
        found = self._relation(lead)
        if found is not None and found.owner not in but:
            steps.append({"step": "relation", **vars(found)})
            return Verdict(Reason.RELATION, found.owner, steps=steps)
        steps.append({"step": "no_relation"})
        if not self.open:
            steps.append({"step": "outside", "opens": f"{self.rules.opens:%H:%M}"})
            return Verdict(Reason.OUTSIDE, team=self.rules.queue_team_id, steps=steps)
        rule = self._rule(lead)
        steps.append({"step": "rule", "name": rule.name} if rule else {"step": "no_rule"})
        if rule is not None and rule.target == Target.TEAM:
            steps.append({"step": "queue"})
            return Verdict(Reason.RULE, team=rule.team_id, rule=rule, steps=steps)
        return self._among(self._candidates(rule), rule, steps, but)

    def _relation(self, lead: Lead) -> relations.Found | None:
        """What the database knows, or what this batch has given a moment ago."""
        apart = self.apart.get(lead.pk, ())
        alike = (self.fresh[key] for key in self.keys.get(lead.pk, ()) if key in self.fresh)
        now = [found for many in alike for found in many[: len(apart) + 1] if found.record not in apart]
        known = self.known.get(lead.pk)
        return min([*now, *([known] if known else [])], key=lambda found: found.rank, default=None)

    def _rule(self, lead: Lead) -> Rule | None:
        for rule, condition in self.entries:
            if condition.matches(lead, self.house, self.today):
                return rule
        return None

    def _candidates(self, rule: Rule | None) -> list[int]:
        chosen = set(rule.people) if rule is not None else set()
        return [person for person in self.takers if not chosen or person in chosen]

    def _among(
        self, people: list[int], rule: Rule | None, steps: list[dict[str, Any]], but: Collection[int]
    ) -> Verdict:
        passed = [(person, why, facts) for person in people for why, facts in self._refused(person, but)]
        out = {person for person, _why, _facts in passed}
        able = [person for person in people if person not in out]
        steps.append({"step": "able", "able": len(able), "all": len(people)})
        if not able:
            team = rule.team_id if rule is not None and rule.team_id else self.rules.queue_team_id
            steps.append({"step": "queue"})
            return Verdict(Reason.QUEUE, team=team, rule=rule, steps=steps, passed=passed)
        strategy = rule.strategy if rule is not None else self.rules.strategy
        chosen = self._choose(able, rule, strategy)
        steps.append({"step": strategy, "open": self.loads[chosen]})
        reason = Reason.LOAD if strategy == Strategy.LOAD else Reason.TURN
        return Verdict(reason, chosen, rule=rule, steps=steps, passed=passed)

    def _choose(self, able: list[int], rule: Rule | None, strategy: str) -> int:
        """By load those who have least for their weight are in turn among themselves."""
        if strategy == Strategy.LOAD:
            least = min(self.loads[person] / self._weight(person) for person in able)
            able = [person for person in able if self.loads[person] / self._weight(person) == least]
        turn = self.rings[rule.pk] if rule is not None else self.ring
        return ring.advance(turn, {person: self._weight(person) for person in able})

    def _weight(self, person: int) -> int:
        return max(1, self.takers[person].weight)

    def _refused(self, person: int, but: Collection[int]) -> list[tuple[str, dict[str, Any]]]:
        taker, found = self.takers[person], list(self.refusals[person])
        if person in but:
            found.append((Why.BEFORE, {}))
        if 0 < taker.most_open <= self.loads[person]:
            found.append((Why.OPEN, {"open": self.loads[person], "most": taker.most_open}))
        if 0 < taker.most_a_day <= self.given_today[person]:
            found.append((Why.DAY, {"given": self.given_today[person], "most": taker.most_a_day}))
        return found

    def _refusals_of(self, taker: Taker) -> list[tuple[str, dict[str, Any]]]:
        """What does not change from lead to lead."""
        found: list[tuple[str, dict[str, Any]]] = []
        if not taker.person.is_active:
            found.append((Why.LEFT, {}))
        elif is_away(self.calendar, taker.person_id, self.now):
            found.append((Why.AWAY, {}))
        if self.rules.by_rate and taker.out_since is not None:
            facts = {"percent": taker.percent, "low": self.rules.low_percent, "back": self.rules.back_percent}
            found.append((Why.RATE, {**facts, "good": taker.good_days, "days": self.rules.back_days}))
        return found

    def _count(self, lead: Lead, person: int) -> None:
        self.loads[person] += 1
        self.given_today[person] += 1
        for kind, key in self.keys.get(lead.pk, ()):
            self.fresh.setdefault((kind, key), []).append(relations.Found("lead", lead.pk, kind, person))


def _open_leads(people: Collection[int]) -> Counter[int]:
    rows = Lead.plain.filter(STILL_A_LEAD, owner__in=list(people)).exclude(status__in=DONE)
    return Counter(
        dict(rows.order_by().values("owner_id").annotate(n=Count("id")).values_list("owner_id", "n"))
    )


def _given_on(people: Collection[int], now: datetime) -> Counter[int]:
    since = moment_on(timezone.localdate(now))
    rows = Decision.objects.filter(person__in=list(people), at__gte=since).exclude(state=State.RETURNED)
    counted = rows.order_by().values("person_id").annotate(n=Count("id"))
    return Counter(dict(counted.values_list("person_id", "n")))
