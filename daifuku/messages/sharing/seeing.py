"""Who of many may see a record, asked with a fixed number of questions however many they are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Q

from daifuku.records.models import Share
from daifuku.records.scope import sees
from daifuku.staff.models import Membership, Person
from daifuku.staff.viewer import Viewer


class Everybody:
    """The people who work here with their roles and teams, read once for a portion of lines: three questions."""

    @cached_property
    def people(self) -> dict[int, Person]:
        return {person.pk: person for person in Person.objects.working().prefetch_related("roles")}

    @cached_property
    def memberships(self) -> list[tuple[int, int]]:
        return list(Membership.objects.values_list("team_id", "person_id"))

    def roles_of(self, person: int) -> list[int]:
        return [role.pk for role in self.people[person].roles.all()]

    def sight(self, records: Iterable[Any]) -> Sight:
        return Sight(self, list(records))


class Sight:
    """What these people see of a few records: one question for the shares of those records."""

    def __init__(self, everybody: Everybody, records: list[Any]) -> None:
        self._everybody = everybody
        wanted = Q(pk__in=[])
        for record in records:
            wanted |= Q(object=record.object_key, record_id=record.pk)
            # What happened with a customer is open to his members, and to whoever got him opened with his talks.
            for name, object_key in record.follows:
                wanted |= Q(object=object_key, record_id=getattr(record, f"{name}_id"))
        self._shares = list(
            Share.objects.filter(wanted).values_list(
                "object", "record_id", "may_edit", "role", "with_talks", "person_id", "team_id"
            )
        )
        self._viewers: dict[int, Viewer] = {}

    def viewer(self, person: int) -> Viewer:
        """A viewer that asks nothing; good for these records alone."""
        if person not in self._viewers:
            viewer = Viewer(self._everybody.people[person])
            viewer.__dict__["_memberships"] = self._everybody.memberships
            teams = {team for team, member in self._everybody.memberships if member == person}
            viewer.memo["shares"] = [
                tuple(share) for *share, guest, team in self._shares if guest == person or team in teams
            ]
            self._viewers[person] = viewer
        return self._viewers[person]

    def sees(self, person: int, record: Any) -> bool:
        return record.trashed_at is None and sees(self.viewer(person), record, "view")
