"""Gives leads to people, or lays them into the queue; each with its line, its reason and who was passed over.

The settings are held until a batch is done: two who distribute at the same moment come one after the other, so the turn
moves on once for each lead, and the second of two leads of one firm finds the first one's owner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from daifuku.customers.models import Lead
from daifuku.customers.models.lead import STILL_A_LEAD
from daifuku.customers.objects.lead import LEAD
from daifuku.distribution import ring
from daifuku.distribution.desk import Desk, Verdict
from daifuku.distribution.judging import judge_all
from daifuku.distribution.models import Decision, Passed, Rule, Setup, Taker
from daifuku.distribution.models.decision import Reason, State
from daifuku.distribution.relations import Domains
from daifuku.foundation.errors import ChangedSince
from daifuku.foundation.sql.inserting import insert_rows
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import Line
from daifuku.records.actions.editing import edit
from daifuku.records.actions.many import Batches
from daifuku.records.actions.saving import about
from daifuku.records.actions.settling import held
from daifuku.records.actions.writing_back import before, write_back
from daifuku.records.catalogue import vocabulary
from daifuku.records.formulas.filling import fill
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.records.scope import sees
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import viewer_of

# Others wait no longer than 0.2 s: a batch is aimed a little lower.
FIRST, MOST, SECONDS = 50, 500, 0.17
JUDGED_FOR = timedelta(minutes=1)
OF_DECISION = (
    "uid", "lead_id", "at", "state", "reason", "person_id", "before_id", "team_id", "by_id", "rule_id", "steps", "run",
    "touched_at", "warned_at", "alarmed_at", "ended_at",
)  # fmt: skip
GIVEN, QUEUED = "lead.distributed", "lead.queued"


@dataclass
class Outcome:
    """How many each got, how many wait, how many were left alone (somebody is in charge, or not to be changed)."""

    given: Counter[int] = field(default_factory=Counter)
    waiting: int = 0
    left: int = 0

    @property
    def done(self) -> int:
        return self.given.total() + self.waiting

    def kept(self) -> dict[str, Any]:
        """As a job keeps it."""
        given = {str(person): number for person, number in self.given.items()}
        return {"given": given, "waiting": self.waiting, "left": self.left}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Outcome:
        given = {int(person): number for person, number in kept.get("given", {}).items()}
        return cls(Counter(given), kept.get("waiting", 0), kept.get("left", 0))


def distribute(
    keys: Iterable[int],
    *,
    by: Person | None,
    again: bool = False,
    givers: Collection[int] = (),
    but: dict[int, set[int]] | None = None,
    run: Event | None = None,
    so_far: Outcome | None = None,
    after_batch: Callable[[Sequence[int], Outcome], None] = lambda part, outcome: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Decides these leads in their order. `by` None is the program itself; a person changes only what he may.

    A lead that somebody has is left alone, unless it is to be done `again`, or whoever has it registers for others
    (`givers`). `but` names for a lead those who had it and did nothing. `after_batch` is called in the transaction of
    each batch, so that what it keeps is there exactly if the batch is; a job that goes on counts from `so_far`.
    """
    outcome, known = so_far or Outcome(), Known()
    for part in Batches(keys, FIRST, MOST, seconds=SECONDS):
        if stopped():
            break
        if not again and not _free(part, givers):
            outcome.left += len(part)
            after_batch(part, outcome)
            continue
        with ledger.writing():
            _Batch(outcome, by, again, frozenset(givers), but or {}, run, known).carry_out(part)
            after_batch(part, outcome)
    return outcome


def _free(keys: Sequence[int], givers: Collection[int]) -> bool:
    """Whether any of them waits for somebody: else nothing is held for it."""
    free = Q(owner__isnull=True) | Q(owner__in=list(givers))
    return bool(Lead.plain.filter(free, STILL_A_LEAD, pk__in=keys).exists())


@dataclass
class Known:
    """What is looked up once for all batches of a run: addresses of mail, and for a while who is out by his rate."""

    domains: Domains = field(default_factory=Domains)
    judged_at: datetime | None = None

    def judge(self, rules: Setup, takers: Sequence[Taker], now: datetime) -> None:
        if self.judged_at is None or now - self.judged_at > JUDGED_FOR:
            judge_all(rules, takers, now)
            self.judged_at = now


def desk_at(rules: Setup, now: datetime, known: Known | None = None) -> Desk:
    takers = list(Taker.objects.select_related("person").order_by("pk"))
    (known or Known()).judge(rules, takers, now)
    return Desk(rules, list(Rule.objects.select_for_update().order_by("position", "pk")), takers, now)


@dataclass
class _Batch:
    outcome: Outcome
    by: Person | None
    again: bool
    givers: frozenset[int]
    but: dict[int, set[int]]
    run: Event | None
    known: Known

    def carry_out(self, keys: Sequence[int]) -> None:
        take_turn(LEAD)
        now, rules = moment(), held(Setup)
        desk = desk_at(rules, now, self.known)
        leads = self._leads(keys)
        desk.lay_out(leads, self.known.domains)
        verdicts = [(lead, desk.decide(lead, self.but.get(lead.pk, ()))) for lead in leads]
        self._write(verdicts, now)
        for rule, _condition in desk.entries:
            rule.ring = ring.written(desk.rings[rule.pk])
        Rule.objects.bulk_update([rule for rule, _condition in desk.entries], ["ring"])
        rules.ring = ring.written(desk.ring)
        rules.save(update_fields=["ring"])

    def _leads(self, keys: Sequence[int]) -> list[Lead]:
        """In the order of their registration, held; without those that nobody asked to have decided."""
        rows = Lead.plain.select_for_update(of=("self",), no_key=True).filter(STILL_A_LEAD, pk__in=keys)
        found = []
        for lead in rows.order_by("pk"):
            mine = self.by is None or lead.owner_id is None or sees(viewer_of(self.by), lead, "edit")
            free = lead.owner_id is None or self.again or lead.owner_id in self.givers
            if free and mine:
                found.append(lead)
        self.outcome.left += len(keys) - len(found)
        return found

    def _write(self, verdicts: Sequence[tuple[Lead, Verdict]], now: datetime) -> None:
        people = Person.objects.in_bulk({each.person for _lead, each in verdicts if each.person})
        teams = Team.objects.in_bulk({each.team for _lead, each in verdicts if each.team})
        fields = vocabulary.fields_of("lead")
        changed, lines, decisions = [], [], []
        for lead, verdict in verdicts:
            old, holder = before(lead), lead.owner_id
            done = {}
            wanted = {"owner": people.get(verdict.person or 0)}
            if verdict.person is None and verdict.team:
                wanted["team"] = teams.get(verdict.team)
            for name, value in wanted.items():
                was = getattr(lead, name)
                if getattr(was, "pk", None) != getattr(value, "pk", None):
                    done[name] = [fields[name].type.to_json(was), fields[name].type.to_json(value)]
                    setattr(lead, name, value)
            decision = self._decision(lead, verdict, holder, now)
            decisions.append(decision)
            data = {"changes": done, "decision": str(decision.uid), "reason": str(verdict.reason)}
            lines.append(Line(GIVEN if verdict.person else QUEUED, about(LEAD, lead), data))
            if done:
                fill(LEAD, lead)
                changed.append((lead, old, done))
            self.outcome.given.update([verdict.person] if verdict.person else [])
            self.outcome.waiting += verdict.person is None
        keep_decisions(decisions, [verdict for _lead, verdict in verdicts])
        self._save(changed, lines)

    def _decision(self, lead: Lead, verdict: Verdict, holder: int | None, now: datetime) -> Decision:
        return Decision(
            lead=lead, at=now, state=str(State.GIVEN if verdict.person else State.WAITING),
            reason=str(verdict.reason),
            person_id=verdict.person, before_id=holder, team_id=lead.team_id, by=self.by, rule=verdict.rule,
            steps=verdict.steps, run=self.run.pk if self.run else None,
        )  # fmt: skip

    def _save(self, changed: Sequence[tuple[Lead, Any, dict[str, Any]]], lines: Sequence[Line]) -> None:
        write_back(Lead, [(lead, old) for lead, old, _done in changed])
        # Nobody in particular did it when the program did: what follows a save of a lead asks for no name.
        LEAD.follow([(lead, frozenset(done)) for lead, _old, done in changed], self.by)  # type: ignore[arg-type]
        spread(LEAD, [(lead, done) for lead, _old, done in changed])
        ledger.record_many(lines, by=self.by)


def keep_decisions(decisions: Sequence[Decision], verdicts: Sequence[Verdict]) -> None:
    """A new decision ends the one before it."""
    leads = [decision.lead_id for decision in decisions]
    standing = Decision.objects.filter(lead__in=leads, state__in=[State.WAITING, State.GIVEN])
    standing.update(state=State.CLOSED, ended_at=moment())
    rows = [[getattr(decision, name) for name in OF_DECISION] for decision in decisions]
    keys = insert_rows(Decision, OF_DECISION, rows)
    passed = [
        (key, person, str(why), facts, decision.at)
        for key, decision, verdict in zip(keys, decisions, verdicts, strict=True)
        for person, why, facts in verdict.passed
    ]
    insert_rows(Passed, ("decision_id", "person_id", "why", "facts", "at"), passed)


def undo_distributed(event: Event, by: Person) -> Undone:
    """Puts back who was in charge, unless it is somebody else by now. Raises ChangedSince, Forbidden, NotFound."""
    lead = subject_of(event)
    fields = vocabulary.fields_of("lead")
    for name, (_old, new) in event.changes.items():
        if (fields[name].json(lead) or {}).get("id") != (new or {}).get("id"):
            raise ChangedSince(_("その後に担当が変わっているため、元に戻せません。"))
    back = {name: fields[name].type.from_json(old) for name, (old, _new) in event.changes.items()}
    if back:
        edit(lead, back, by=by, undoes=event)
    with ledger.writing():
        made = Decision.objects.filter(uid=event.data["decision"], state__in=[State.WAITING, State.GIVEN])
        made.update(state=State.CLOSED, ended_at=moment())
    return Undone(1)


def follow_owners(saved: Any, by: Person | None) -> None:
    """After a save by hand: what waited for somebody has somebody, what was given is somebody else's."""
    keys = [lead.pk for lead, changed in saved if "owner" in changed and lead.version > 1]
    if not keys:
        return
    standing = Decision.objects.filter(lead__in=keys, state__in=[State.WAITING, State.GIVEN])
    owners = {lead.pk: lead.owner_id for lead, _changed in saved}
    now = moment()
    for decision in standing.filter(state=State.WAITING, lead__owner__isnull=False):
        if owners[decision.lead_id] is not None:
            decision.state, decision.ended_at = State.CLOSED, now
            decision.save(update_fields=["state", "ended_at"])
            if by is not None and owners[decision.lead_id] == by.pk:
                taken = {"reason": Reason.TAKEN, "steps": [{"step": "taken"}], "team": decision.team}
                Decision.objects.create(
                    lead_id=decision.lead_id, at=now, state=State.GIVEN, person=by, by=by, **taken
                )
    for decision in standing.filter(state=State.GIVEN).exclude(lead__owner=F("person")):
        if owners[decision.lead_id] != decision.person_id:
            decision.state, decision.ended_at = State.CLOSED, now
            decision.save(update_fields=["state", "ended_at"])


def follow_talks(saved: Any, by: Person | None) -> None:
    """The first talk with a lead: whoever has it has begun."""
    leads = {talk.lead_id for talk, changed in saved if talk.lead_id and talk.trashed_at is None}
    if leads:
        open_ones = Decision.objects.filter(lead__in=leads, state=State.GIVEN)
        open_ones.update(state=State.TOUCHED, touched_at=moment())
