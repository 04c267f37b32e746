"""Who does the work of somebody who is away: the substitute, or the substitute's substitute."""

from __future__ import annotations

from datetime import date

from daifuku.staff.models import Person


def is_absent(person: Person, day: date) -> bool:
    """Away on that day; without an end, until further notice. Who left is away for good."""
    if not person.is_active:
        return True
    if person.absent_from is None and person.absent_until is None:
        return False
    return (person.absent_from or day) <= day <= (person.absent_until or day)


def standing_in_for(person: Person, day: date) -> Person:
    """The first in the chain of substitutes who is there; the person himself where nobody is."""
    asked: set[int] = set()
    current: Person | None = person
    while current is not None and current.pk not in asked:
        if not is_absent(current, day):
            return current
        asked.add(current.pk)
        current = current.substitute
    return person
