"""Something is expected of somebody until a time. The program does this, out of what people did: no line is written.

A duty follows from a plan that ended, from a rule, from a working day; it is worked out again whenever that is asked
for, and `key` keeps it from being there twice. What people decide about it (excuse, hand on) are lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from daifuku.duties import kinds
from daifuku.duties.judging import judge, set_due
from daifuku.duties.models import Duty, State
from daifuku.duties.models.policy import kept_policy
from daifuku.duties.working import Calendar
from daifuku.foundation.portions import portions
from daifuku.foundation.sql.updating import update_many
from daifuku.foundation.uuid7 import uuid7
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.staff.models import Person


@dataclass
class Owed:
    """One entry that is expected. `owner` and `substitute` are people or their keys; `subject` is a record or
    (object key, key). `done_at` where it is there already. `weight` None is that of its kind, as the firm set it."""

    key: str
    origin: str
    owner: Any
    due_at: datetime
    label: str = ""
    subject: Any = None
    url: str = ""
    weight: int | None = None
    substitute: Any = None
    done_at: datetime | None = None
    entered_at: datetime | None = None
    done_by: Any = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.origin.partition(":")[0]


def owe(
    key: str,
    *,
    origin: str,
    owner: Person,
    due_at: datetime,
    label: str = "",
    subject: Any = None,
    url: str = "",
    weight: int | None = None,
    substitute: Person | None = None,
    facts: dict[str, Any] | None = None,
) -> Duty:
    """The duty of this key: made where there is none; where it is still open, its owner, time and words follow."""
    owed = Owed(key, origin, owner, due_at, label, subject, url, weight, substitute, facts=facts or {})
    owe_many([owed])
    found: Duty = Duty.objects.get(key=key)
    return found


def owe_many(owed: Iterable[Owed]) -> int:
    """As `owe`, for many in a few questions; returns how many are new or stand otherwise than before."""
    wanted = {each.key: each for each in owed}
    if not wanted:
        return 0
    with ledger.writing():
        rules = kept_policy()
        calendar = Calendar(
            {_key(each.owner) for each in wanted.values()}, timezone.localdate(moment()), rules
        )
        known = {
            duty.key: duty
            for keys in portions(list(wanted))
            for duty in Duty.objects.filter(key__in=keys).select_for_update()
        }
        fresh = [_made(each, calendar) for each in wanted.values() if each.key not in known]
        fresh = [duty for duty in fresh if duty.due_on >= rules.begins_on or duty.weight == 0]
        Duty.objects.bulk_create(fresh, batch_size=400, ignore_conflicts=True)
        changed = [
            duty
            for duty in known.values()
            if duty.state == State.OPEN and _follows(duty, wanted[duty.key], calendar)
        ]
        update_many(changed, FOLLOWING)
    return len(fresh) + len(changed)


FOLLOWING = ["owner", "first_due_at", "due_at", "due_on", "label", "url", "facts", "state", "reason"]
# The same to compare: the owner himself would be asked for, duty by duty.
COLUMNS = ["owner_id", *FOLLOWING[1:]]


def release(keys: Iterable[str]) -> int:
    """What was expected is not expected any more, as though it never had been (a plan put off, a rule withdrawn):
    open duties of these keys go. What was entered, late or excused stays in the count."""
    with ledger.writing():
        return sum(Duty.objects.waiting().filter(key__in=part).delete()[0] for part in portions(list(keys)))


def _made(owed: Owed, calendar: Calendar) -> Duty:
    subject_object, subject_id = subject_of(owed.subject)
    duty = Duty(
        uid=uuid7(), key=owed.key, kind=owed.kind, origin=owed.origin, owner_id=_key(owed.owner),
        substitute_id=_key(owed.substitute), subject_object=subject_object, subject_id=subject_id,
        label=owed.label[:200], url=owed.url[:300], facts=owed.facts, first_due_at=owed.due_at,
        done_at=owed.done_at, entered_at=owed.entered_at, done_by_id=_key(owed.done_by),
        weight=calendar_weight(calendar, owed), created_at=moment(),
    )  # fmt: skip
    set_due(duty, calendar)
    if duty.done_at is not None:
        duty.state, duty.reason = judge(duty), ""
    return duty


def calendar_weight(calendar: Calendar, owed: Owed) -> int:
    if owed.weight is not None:
        return owed.weight
    shipped = kinds.get(owed.kind).weight
    return int(calendar.rules.weights.get(owed.kind, shipped)) if shipped else 0


def _follows(duty: Duty, owed: Owed, calendar: Calendar) -> bool:
    """Takes over what is expected now; whether anything differs."""
    before = [getattr(duty, name) for name in COLUMNS]
    duty.owner_id = _key(owed.owner) or duty.owner_id
    duty.first_due_at, duty.label, duty.url = owed.due_at, owed.label[:200], owed.url[:300]
    duty.facts = {**duty.facts, **owed.facts}
    set_due(duty, calendar)
    return before != [getattr(duty, name) for name in COLUMNS]


def subject_of(subject: Any) -> tuple[str, int | None]:
    if subject is None:
        return "", None
    if isinstance(subject, tuple):
        return subject[0], subject[1]
    return subject.object_key, subject.pk


def _key(person: Any) -> Any:
    return person.pk if isinstance(person, Person) else person
