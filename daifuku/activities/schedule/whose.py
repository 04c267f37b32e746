"""Whose plans a schedule shows: one's own, those of a colleague, those of a team."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from daifuku.foundation.errors import NotFound
from daifuku.foundation.sql.tree import below
from daifuku.foundation.whole import whole
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import Viewer

TEAM, ME = "team-", "me"


@dataclass(frozen=True)
class Whose:
    """`key` stands in the address; `shared` is a schedule of several people side by side."""

    key: str
    name: str
    people: Sequence[Person]
    shared: bool = False


def read(raw: str, viewer: Viewer) -> Whose:
    """Whoever leads a team begins with it, everybody else with himself. Raises NotFound for somebody, or a team, that
    there is not."""
    if not raw and (
        led := Team.objects.filter(memberships__person=viewer.pk, memberships__leads=True).first()
    ):
        return _of_team(led)
    if raw in {"", ME, str(viewer.person.uid)}:
        return Whose(ME, str(viewer.person), [viewer.person])
    if raw.startswith(TEAM):
        key = whole(raw.removeprefix(TEAM))
        team = Team.objects.filter(pk=key).first() if key is not None else None
        if team is None:
            raise NotFound
        return _of_team(team)
    try:
        person = Person.objects.working().filter(uid=uuid.UUID(raw)).first()
    except ValueError:
        person = None
    if person is None:
        raise NotFound
    return Whose(str(person.uid), str(person), [person])


def _of_team(team: Team) -> Whose:
    """With everybody of the teams below it."""
    teams = [key for _root, key in below(Team, "parent", [team.pk])]
    people = Person.objects.working().filter(teams__in=teams).distinct()
    return Whose(f"{TEAM}{team.pk}", str(team), list(people), shared=True)


def choices(viewer: Viewer) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Teams, one's own first, and colleagues, each with what stands in the address."""
    teams = sorted(Team.objects.all(), key=lambda team: (team.pk not in viewer.team_ids, team.name, team.pk))
    people = [person for person in Person.objects.working() if person.pk != viewer.pk]
    return [(f"{TEAM}{team.pk}", str(team)) for team in teams], [
        (str(each.uid), str(each)) for each in people
    ]
