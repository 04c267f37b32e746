"""Whose duties somebody sees: his own, those of everybody in the teams that he leads, or all."""

from __future__ import annotations

from typing import cast

from daifuku.staff.models import Membership, Team
from daifuku.staff.viewer import Viewer

# The president and the administrator keep the people, and see how they enter.
POWER = "staff"


def people_seen(viewer: Viewer) -> frozenset[int] | None:
    """Keys of people; None is everybody."""
    if viewer.has_power(POWER):
        return None
    return people_led(viewer) | {viewer.pk}


def people_led(viewer: Viewer) -> frozenset[int]:
    """Everybody in the teams that this person leads, and in the teams below them, but himself."""
    if "people led" not in viewer.memo:
        viewer.memo["people led"] = viewer.people_of(_teams_led(viewer)) - {viewer.pk}
    return cast("frozenset[int]", viewer.memo["people led"])


def _teams_led(viewer: Viewer) -> set[int]:
    waiting = list(Membership.objects.filter(person=viewer.pk, leads=True).values_list("team_id", flat=True))
    if not waiting:
        return set()
    children: dict[int | None, list[int]] = {}
    for team, parent in Team.objects.values_list("id", "parent_id"):
        children.setdefault(parent, []).append(team)
    found: set[int] = set()
    while waiting:
        team = waiting.pop()
        if team not in found:
            found.add(team)
            waiting += children.get(team, [])
    return found


def sees_person(viewer: Viewer, person: int) -> bool:
    seen = people_seen(viewer)
    return seen is None or person in seen


def manages(viewer: Viewer, person: int) -> bool:
    """Whether he decides about the duties of this person: nobody decides about his own."""
    if person == viewer.pk:
        return False
    return viewer.has_power(POWER) or person in people_led(viewer)
