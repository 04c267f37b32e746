"""After a save: what is missing under a rule is owed until the rule's deadline; what was filled in is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from daifuku.duties import deadlines
from daifuku.duties.actions import Owed, fulfil_many, owe_many, release, reopen
from daifuku.duties.models import Duty
from daifuku.duties.models.policy import policy
from daifuku.duties.sources.plans import next_visits
from daifuku.duties.working import Calendar
from daifuku.foundation.portions import portions
from daifuku.ledger import channel
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import Saved
from daifuku.rules.models import Until, Who
from daifuku.rules.rulings import Ruling, rulings_of
from daifuku.staff.absence import is_absent
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

KIND = "rule"


def follow(saved: Saved, by: Person | None) -> None:
    """In the transaction of the save, a few questions for however many records of one kind; by nobody: the program."""
    if not saved:
        return
    rulings = [ruling for ruling in rulings_of(saved[0][0].object_key) if ruling.required]
    if not rulings:
        return
    found = _Found(by)
    for record, changed in saved:
        for ruling in rulings:
            found.look(ruling, record, changed)
    found.write()


@dataclass
class _Found:
    """What the saved records owe, have filled in, and owe no longer."""

    by: Person | None
    lacking: list[tuple[Ruling, Any, list[str]]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    at_once: list[tuple[Ruling, Any]] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    moved: dict[str, tuple[Ruling, Any, list[str]]] = field(default_factory=dict)
    emptied: list[str] = field(default_factory=list)
    people: dict[int, Person] = field(default_factory=dict)

    def look(self, ruling: Ruling, record: Any, changed: frozenset[str]) -> None:
        """With whom trading has begun takes no more values: account and contact have rules of their own."""
        key, new = key_of(ruling.rule.origin, record), record.version == 1
        object_type = registry.of(record)
        if record.trashed_at is not None or object_type.is_aside(record):
            self.over.append(key)
            return
        again = object_type.aside in changed  # what came of it was taken back: it is owed as in the beginning
        if not new and "owner" in changed and ruling.rule.who == Who.OWNER:
            self.moved[key] = (ruling, record, [each.key for each in ruling.lacking(record)])
        if not new and not again and not changed & ruling.watched:
            return
        imported = channel.current().via == "import" and not ruling.rule.imports
        if not ruling.applies(record):
            self.over += [] if new else [key]
        elif lacking := [each.key for each in ruling.lacking(record)]:
            asked = ruling.concerns(changed, new=new or again)
            if asked and not imported and not self._refused(ruling, lacking):
                self.lacking.append((ruling, record, lacking))
                self.emptied += [] if new else [key]
        elif new:
            counts = not ruling.refuses and channel.current().via != "import"
            self.at_once += [(ruling, record)] if counts else []
        else:
            self.done.append(key)

    def _refused(self, ruling: Ruling, lacking: list[str]) -> bool:
        """What the gate let pass under a rule that refuses, its writer could not fill in: then it is owed."""
        if not ruling.refuses or self.by is None:
            return False
        return bool(set(lacking) & set(vocabulary.editable_for(viewer_of(self.by), ruling.rule.object)))

    def write(self) -> None:
        if self.moved:
            waiting = Duty.objects.waiting().filter(key__in=_known(list(self.moved)))
            self.lacking += [self.moved[key] for key in waiting.values_list("key", flat=True)]
        if self.lacking or self.at_once:
            self._owe()
        if self.emptied:
            reopen(self.emptied)
        if self.done:
            fulfil_many(self.done, by=self.by)
        if self.over:
            release(_known(self.over))

    def _owe(self) -> None:
        lacking = [(ruling, record) for ruling, record, fields in self.lacking if fields]
        deadline = _Deadlines(lacking, self.by)
        owed = [self._owed(ruling, record, deadline(ruling, record)) for ruling, record in lacking]
        owed += [self._owed(ruling, record) for ruling, record in self.at_once]
        owe_many([each for each in owed if each])

    def _owed(self, ruling: Ruling, record: Any, due: datetime | None = None) -> Owed | None:
        """Without a deadline it is done already. Where there is nobody, nobody owes."""
        rule, owner = ruling.rule, owner_of(ruling, record, self.by)
        if owner is None:
            return None
        done = channel.moment() if due is None else None
        return Owed(
            key_of(rule.origin, record), rule.origin, owner, due or channel.moment(), subject=record,
            substitute=self._substitute(ruling, owner), done_at=done,
            entered_at=channel.entered_at() if done else None, done_by=self.by if done else None,
            facts={"rule": str(rule.uid)},
        )  # fmt: skip

    def _substitute(self, ruling: Ruling, owner: int) -> int | None:
        """The rule's own, on days on which the person is away; else his own stands in, as for every duty."""
        other = ruling.rule.substitute_id
        if other is None or other == owner:
            return None
        if owner not in self.people:
            self.people[owner] = Person.objects.get(pk=owner)
        return other if is_absent(self.people[owner], timezone.localdate(channel.moment())) else None


def key_of(origin: str, record: Any) -> str:
    return f"{origin}:{record.pk}"


def owner_of(ruling: Ruling, record: Any, by: Person | None) -> int | None:
    """The key of whoever is measured by it; of a record in nobody's hands whoever wrote, else who registered it."""
    rule = ruling.rule
    if rule.who == Who.PERSON and rule.person_id is not None:
        return int(rule.person_id)
    named = record.owner_id if rule.who == Who.OWNER else record.created_by_id
    found: int | None = named or (by.pk if by else record.created_by_id)
    return found


class _Deadlines:
    """The firm's days are asked for once, the planned visits once."""

    def __init__(self, pairs: list[tuple[Ruling, Any]], by: Person | None) -> None:
        self._works = None
        kinds = {ruling.rule.until for ruling, _record in pairs}
        if Until.WORKDAYS in kinds:
            self._works = Calendar([], timezone.localdate(channel.moment())).works
        ends = [
            (owner, happened(record))
            for ruling, record in pairs
            if ruling.rule.until == Until.VISIT and (owner := owner_of(ruling, record, by)) is not None
        ]
        self._visits = next_visits([*ends], policy()) if ends else {}
        self._by = by

    def __call__(self, ruling: Ruling, record: Any) -> datetime:
        rule = ruling.rule
        works = self._works or (lambda day: True)
        owner = owner_of(ruling, record, self._by)
        visits = self._visits.get(owner, ()) if owner is not None else ()
        return deadlines.of_rule(rule.until, rule.amount, happened(record), works, visits)


def happened(record: Any) -> datetime:
    """From when on the time runs: a talk's end, which may lie before its entry; else now."""
    now = channel.entered_at() or channel.moment()
    end = getattr(record, "ended_at", None) or getattr(record, "started_at", None)
    return min(end, now) if isinstance(end, datetime) else now


def _known(keys: list[str]) -> list[str]:
    """Hardly ever any: reads before it writes."""
    found: list[str] = []
    for part in portions(keys):
        found += Duty.objects.filter(key__in=part).values_list("key", flat=True)
    return found


def withdraw(origin: str) -> int:
    """The rule counts no more: what is still open under it is not owed any longer."""
    return release(list(Duty.objects.waiting().filter(origin=origin).values_list("key", flat=True)))
