"""Whose figures somebody sees: as far as his role lets him see targets, he sees what came of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from daifuku.foundation.errors import NotFound
from daifuku.foundation.sql.tree import below
from daifuku.foundation.whole import whole
from daifuku.staff.models import Membership, Person, Team
from daifuku.staff.viewer import Viewer

TEAM = "team-"


@dataclass(frozen=True)
class Whose:
    """`people` None is everybody, whoever has left and what nobody keeps included. `key` stands in the address."""

    key: str
    name: str
    people: frozenset[int] | None
    team: Team | None = None
    person: Person | None = None


@dataclass(frozen=True)
class Seen:
    """All people and teams of whom this viewer sees the figures; `everyone` the firm's as well."""

    everyone: bool
    people: Sequence[Person]
    teams: Sequence[Team]
    members: dict[int, frozenset[int]]

    @property
    def keys(self) -> frozenset[int] | None:
        return None if self.everyone else frozenset(person.pk for person in self.people)


def seen_by(viewer: Viewer) -> Seen:
    """A team counts with the teams below it."""
    reach = viewer.reach("target", "view")
    everyone = reach.everyone
    people = list(
        Person.objects.filter(is_active=True) if everyone else Person.objects.filter(pk__in=reach.people)
    )
    pairs = list(Membership.objects.values_list("team_id", "person_id"))
    teams = {
        team.pk: team
        for team in (Team.objects.all() if everyone else Team.objects.filter(pk__in=reach.teams))
    }
    of_root: dict[int, set[int]] = {}
    for root, key in below(Team, "parent", list(teams)) if teams else ():
        of_root.setdefault(root, {root}).add(key)
    members = {
        root: frozenset(person for team, person in pairs if team in of_root.get(root, {root}))
        for root in teams
    }
    shown = [team for key, team in teams.items() if members[key]]
    return Seen(everyone, sorted(people, key=_by_kana), shown, members)


def _by_kana(person: Person) -> tuple[str, int]:
    return (f"{person.family_kana} {person.given_kana}".strip() or str(person), person.pk)


def read(raw: str, seen: Seen) -> Whose:
    """Without a word all that one sees. Raises NotFound for whom one does not see."""
    if not raw:
        if seen.everyone:
            return Whose("", _("会社全体"), None)
        if len(seen.people) == 1:
            return Whose("", str(seen.people[0]), seen.keys, person=seen.people[0])
        return Whose("", _("見られる人の全員"), seen.keys)
    if raw.startswith(TEAM):
        team = next((each for each in seen.teams if each.pk == whole(raw.removeprefix(TEAM))), None)
        if team is None:
            raise NotFound
        return Whose(raw, str(team), seen.members[team.pk], team=team)
    try:
        uid = uuid.UUID(raw)
    except ValueError:
        raise NotFound from None
    person = next((each for each in seen.people if each.uid == uid), None)
    if person is None:
        raise NotFound
    return Whose(str(person.uid), str(person), frozenset({person.pk}), person=person)


def choices(seen: Seen) -> list[tuple[str, str]]:
    """Nothing to choose for whoever sees himself alone."""
    if len(seen.people) < 2 and not seen.everyone:
        return []
    return [
        ("", _("会社全体") if seen.everyone else _("見られる人の全員")),
        *((f"{TEAM}{team.pk}", str(team)) for team in seen.teams),
        *((str(person.uid), str(person)) for person in seen.people),
    ]
