"""Whom a text speaks to: 「@青山 凛」 and 「@青山凛」, or 「@青山」 where only one person is called so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from daifuku.staff.models import Person

AT = re.compile(r"[@＠]")
SPACES = re.compile(r"[\s\u3000]+")
LONGEST_FAMILY_NAME = 40


def mentioned_in(text: str) -> list[Person]:
    """The people who are named after an @, each once."""
    return list({person.pk: person for _start, _end, person in spans(text)}.values())


def spans(text: str) -> list[tuple[int, int, Person]]:
    """Where each mention stands in the text, the @ included."""
    starts = [match.end() for match in AT.finditer(text)][:50]
    wanted = {
        text[start : start + length] for start in starts for length in range(1, LONGEST_FAMILY_NAME + 1)
    }
    if not wanted:
        return []
    people = list(Person.objects.filter(is_active=True, family_name__in=wanted))
    return [found for start in starts if (found := _at(text, start, people))]


def _at(text: str, start: int, people: list[Person]) -> tuple[int, int, Person] | None:
    full = [(end, person) for person in people for end in _full_name_ends(text, start, person)]
    if full:
        end, person = max(full, key=lambda pair: pair[0])
        return start - 1, end, person
    family = [person for person in people if text.startswith(person.family_name, start)]
    longest = max((len(person.family_name) for person in family), default=0)
    named = [person for person in family if len(person.family_name) == longest]
    return (start - 1, start + longest, named[0]) if len(named) == 1 else None


def _full_name_ends(text: str, start: int, person: Person) -> Iterator[int]:
    if not person.given_name or not text.startswith(person.family_name, start):
        return
    after = start + len(person.family_name)
    space = SPACES.match(text, after)
    given = space.end() if space else after
    if text.startswith(person.given_name, given):
        yield given + len(person.given_name)
