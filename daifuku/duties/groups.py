"""Whose numbers a page shows: one's own, those of somebody whom one leads, of a team, of all."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from daifuku.duties.whose import people_seen
from daifuku.foundation.errors import NotFound
from daifuku.foundation.whole import whole
from daifuku.staff.models import Membership, Person, Team
from daifuku.staff.viewer import Viewer

TEAM, ALL = "team-", "all"


@dataclass(frozen=True)
class Group:
    """`key` stands in the address."""

    key: str
    name: str
    people: Sequence[Person]


def read(raw: str, viewer: Viewer) -> Group:
    """Without a word: of whoever leads others all of them. Raises NotFound for whom one does not see."""
    seen = people_seen(viewer)
    if raw in {"", ALL}:
        people = _people(seen)
        return Group(ALL, _("全員") if len(people) > 1 else str(viewer.person), people)
    if raw.startswith(TEAM):
        team = Team.objects.filter(pk=whole(raw.removeprefix(TEAM)) or 0).first()
        people = [] if team is None else _people(seen, _below(team))
        if team is None or not people:
            raise NotFound
        return Group(raw, str(team), people)
    try:
        person = Person.objects.filter(uid=uuid.UUID(raw)).first()
    except ValueError:
        person = None
    if person is None or (seen is not None and person.pk not in seen):
        raise NotFound
    return Group(str(person.uid), str(person), [person])


def _people(seen: frozenset[int] | None, teams: set[int] | None = None) -> list[Person]:
    rows = Person.objects.working()
    if seen is not None:
        rows = rows.filter(pk__in=seen)
    if teams is not None:
        rows = rows.filter(memberships__team__in=teams).distinct()
    return list(rows)


def _below(team: Team) -> set[int]:
    from daifuku.foundation.sql.tree import below

    return {key for _root, key in below(Team, "parent", [team.pk])}


def choices(viewer: Viewer) -> list[tuple[str, str]]:
    """All, teams and people, each with its key; nothing to choose for whoever leads nobody."""
    people = _people(people_seen(viewer))
    if len(people) < 2:
        return []
    keys = {person.pk for person in people}
    members = Membership.objects.filter(person__in=keys).values_list("team_id", flat=True)
    teams = Team.objects.filter(pk__in=set(members))
    return [
        (ALL, _("全員")),
        *((f"{TEAM}{team.pk}", str(team)) for team in teams),
        *((str(person.uid), str(person)) for person in people),
    ]


def teams_of(people: Sequence[Person]) -> dict[int, tuple[str, list[int]]]:
    """Direct members of each team among these people: {key: (name, people)}."""
    rows = Membership.objects.filter(person__in=[person.pk for person in people]).select_related("team")
    found: dict[int, tuple[str, list[int]]] = {}
    for row in rows.order_by("team__name", "team_id"):
        found.setdefault(row.team_id, (str(row.team), []))[1].append(row.person_id)
    return found
