"""Whoever was not there is not measured by it: deadlines move behind the time off, also when it is told afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from daifuku.duties.judging import judge, set_due
from daifuku.duties.models import DayOff, Duty, State
from daifuku.duties.working import Calendar
from daifuku.foundation.sql.updating import update_many
from daifuku.ledger import writing as ledger
from daifuku.staff.absence import is_absent, standing_in_for
from daifuku.staff.models import Person

# Told later than this, nobody remembers how it was.
LOOK_BACK = timedelta(days=60)
BATCH = 400


def put_off(people: Iterable[int], today: date) -> int:
    """Works out the deadlines of these people anew from when they were first due; returns how many have moved."""
    keys = sorted(set(people))
    if not keys:
        return 0
    calendar = Calendar(keys, today)
    moved: list[Duty] = []
    with ledger.writing():
        rows = Duty.objects.select_for_update().filter(
            owner_id__in=keys, due_on__gte=today - LOOK_BACK, weight__gt=0
        )
        for duty in rows.exclude(state=State.ON_TIME).iterator(chunk_size=BATCH):
            before = (duty.due_at, duty.state)
            set_due(duty, calendar)
            if duty.state == State.LATE:
                duty.state = judge(duty)
            if before != (duty.due_at, duty.state):
                moved.append(duty)
        update_many(moved, ["due_at", "due_on", "state", "reason"])
    return len(moved)


def stand_in(today: date) -> int:
    """What waits for somebody who is away today is on the list of his substitute, until he is back."""
    away = [person for person in _with_absence() if is_absent(person, today)]
    stand_ins = {person.pk: standing_in_for(person, today).pk for person in away}
    number = 0
    with ledger.writing():
        back = (
            Duty.objects.waiting()
            .filter(substitute__isnull=False, done_at__isnull=True, facts__standing_in=True)
            .exclude(owner_id__in=list(stand_ins))
        )
        for duty in back:
            duty.substitute = None
            duty.facts = {key: value for key, value in duty.facts.items() if key != "standing_in"}
            duty.save(update_fields=["substitute", "facts"])
        for person, other in stand_ins.items():
            if other == person:
                continue
            for duty in Duty.objects.filter(
                owner_id=person, substitute__isnull=True, done_at__isnull=True
            ).filter(due_on__gte=today - LOOK_BACK):
                duty.substitute_id = other
                duty.facts = {**duty.facts, "standing_in": True}
                duty.save(update_fields=["substitute", "facts"])
                number += 1
    return number


def _with_absence() -> list[Person]:
    people = Person.objects.select_related("substitute__substitute__substitute")
    return [person for person in people.filter(is_active=True) if person.absent_from or person.absent_until]


def everybody_with_time_off(today: date) -> set[int]:
    """Those whose deadlines may have to move."""
    days = DayOff.objects.filter(day__gte=today - LOOK_BACK, day__lte=today + LOOK_BACK)
    return set(days.values_list("person_id", flat=True)) | {person.pk for person in _with_absence()}
