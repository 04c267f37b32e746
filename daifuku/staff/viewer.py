"""What a person may see and do, worked out once: the lists of ids are resolved first and put into queries as literals.

Measured at a million rows: literal lists 268 ms at worst, subqueries and unions 3 to 10 s.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from daifuku.foundation.sql.prepared import Prepared, Told
from daifuku.staff.models import Membership, Person, Role, Team
from daifuku.staff.models.role import WIDTH, Scope

ROLES = Prepared(lambda person: Role.objects.filter(people=person))
MEMBERSHIPS = Prepared(lambda: Membership.objects.values_list("team_id", "person_id"))


@dataclass(frozen=True)
class Reach:
    """Whose records an action reaches: everyone's, or those of these people and teams."""

    everyone: bool = False
    people: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()

    @property
    def nobody(self) -> bool:
        return not self.everyone and not self.people


class Viewer:
    """A person with his roles and teams. Made anew for every request, so a change of rights works at once."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.memo: dict[str, object] = {}

    def __repr__(self) -> str:
        return f"Viewer({self.person})"

    @property
    def pk(self) -> int:
        return int(self.person.pk)

    @cached_property
    def roles(self) -> list[Role]:
        if not self.person.is_active:
            return []
        fetched = "roles" in getattr(self.person, "_prefetched_objects_cache", {})
        return list(self.person.roles.all()) if fetched else ROLES(self.pk)

    def scope(self, object: str, action: str) -> Scope:
        scopes = [role.scope(object, action) for role in self.roles]
        return max(scopes, key=lambda scope: WIDTH[scope], default=Scope.NONE)

    def may(self, object: str, action: str) -> bool:
        return self.scope(object, action) != Scope.NONE

    def may_write(self, object: str) -> bool:
        """Does this person register or change such records at all?"""
        return self.may(object, "create") or self.may(object, "edit")

    def has_power(self, power: str) -> bool:
        return any(power in role.powers for role in self.roles)

    def reach(self, object: str, action: str) -> Reach:
        key = f"reach {object} {action}"
        if key not in self.memo:
            self.memo[key] = self._reach(object, action)
        return cast("Reach", self.memo[key])

    def _reach(self, object: str, action: str) -> Reach:
        scope = self.scope(object, action)
        if scope == Scope.NONE:
            return Reach()
        if scope == Scope.ALL:
            return Reach(everyone=True)
        if scope == Scope.OWN:
            return Reach(people=frozenset({self.pk}))
        teams = self.team_ids if scope == Scope.TEAM else self.tree_ids
        return Reach(people=self.people_of(teams) | {self.pk}, teams=teams)

    def field_rule(self, object: str, field: str) -> str:
        """ "hidden", "readonly" or "": with several roles the most generous one counts."""
        rules = {role.field_rules.get(object, {}).get(field, "") for role in self.roles}
        for rule in ("", "readonly", "hidden"):
            if rule in rules:
                return rule
        return ""

    def hidden_fields(self, object: str) -> frozenset[str]:
        named = {name for role in self.roles for name in role.field_rules.get(object, {})}
        return frozenset(name for name in named if self.field_rule(object, name) == "hidden")

    @cached_property
    def _memberships(self) -> list[tuple[int, int]]:
        return MEMBERSHIPS()

    def questions(self) -> list[Told]:
        """What will be asked to know whose records the person sees; nothing where it is known."""
        return [] if "_memberships" in self.__dict__ else [MEMBERSHIPS.told()]

    @cached_property
    def team_ids(self) -> frozenset[int]:
        return frozenset(team for team, person in self._memberships if person == self.pk)

    @cached_property
    def tree_ids(self) -> frozenset[int]:
        children: dict[int | None, list[int]] = {}
        for team, parent in Team.objects.values_list("id", "parent_id"):
            children.setdefault(parent, []).append(team)
        found, waiting = set(), list(self.team_ids)
        while waiting:
            team = waiting.pop()
            if team not in found:
                found.add(team)
                waiting += children.get(team, [])
        return frozenset(found)

    def people_of(self, teams: Iterable[int]) -> frozenset[int]:
        """Everybody who is in one of these teams."""
        wanted = set(teams)
        return frozenset(person for team, person in self._memberships if team in wanted)


def viewer_of(person: Person | Viewer) -> Viewer:
    """The person's viewer, made once for this copy of the person."""
    if isinstance(person, Viewer):
        return person
    found: Viewer | None = getattr(person, "_viewer", None)
    if found is None:
        found = Viewer(person)
        person._viewer = found  # type: ignore[attr-defined]
    return found
