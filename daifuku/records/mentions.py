"""Whom a text speaks to: 「@青山 凛」, 「@青山」 where only one is called so, a whole team with 「@営業一課」."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from daifuku.staff.models import Membership, Person, Team

AT = re.compile(r"[@＠]")
SPACES = re.compile(r"[\s\u3000]+")
LONGEST_FAMILY_NAME = 40
LONGEST_TEAM_NAME = 60


def mentioned_in(text: str) -> list[Person]:
    """The people who are named after an @, and those of teams that are, each once."""
    teams = team_spans(text)
    ends = {start: end for start, end, _team in teams}
    named = {person.pk: person for start, end, person in spans(text) if end > ends.get(start, 0)}
    of_teams = people_of(team for _start, _end, team in teams)
    return list((named | {person.pk: person for person in of_teams}).values())


def team_spans(text: str) -> list[tuple[int, int, Team]]:
    """Where each team's name stands, the @ included; where one's begins with another's, the longer one is meant."""
    starts = [match.end() for match in AT.finditer(text)][:50]
    wanted = {text[start : start + length] for start in starts for length in range(1, LONGEST_TEAM_NAME + 1)}
    teams = list(Team.objects.filter(name__in=wanted)) if wanted else []
    found = []
    for start in starts:
        named = [team for team in teams if text.startswith(team.name, start)]
        if named:
            longest = max(named, key=lambda team: len(team.name))
            found.append((start - 1, start + len(longest.name), longest))
    return found


def people_of(teams: Iterable[Team]) -> list[Person]:
    """Everybody who works in these teams and in those below them."""
    keys = {team.pk for team in teams}
    if not keys:
        return []
    below: dict[int | None, list[int]] = {}
    for key, parent in Team.objects.values_list("pk", "parent_id"):
        below.setdefault(parent, []).append(key)
    waiting = list(keys)
    while waiting:
        fresh = set(below.get(waiting.pop(), [])) - keys
        keys |= fresh
        waiting += fresh
    members = Membership.objects.filter(team__in=keys).values("person")
    return list(Person.objects.working().filter(pk__in=members))


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
