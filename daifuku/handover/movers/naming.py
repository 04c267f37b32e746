"""What names the person: entry rules and distribution rules, customers on which he is a member. Each by its own verb,
so that it is checked, told and undone like everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.distribution.actions import edit_rule as edit_lead_rule
from daifuku.distribution.models import Rule as LeadRule
from daifuku.foundation.errors import DomainError, Forbidden
from daifuku.foundation.reversing import url_of
from daifuku.handover.movers import Found, Mover, Refused
from daifuku.records.actions.editing import edit
from daifuku.records.catalogue import registry
from daifuku.records.models import Share
from daifuku.records.scope import seen_of_kinds, sees
from daifuku.rules.actions import edit_rule
from daifuku.rules.models import Rule
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

MEMBERS_OF = ("account", "lead", "deal")


def entry_rules() -> Mover:
    """Whoever is named as the one who enters, or as his substitute. For who may change settings."""

    def find(giver: Person, viewer: Viewer) -> Iterable[Found]:
        if not viewer.has_power("settings"):
            return []
        return [Found(pk) for pk in naming(giver).values_list("pk", flat=True)]

    def names(keys: Sequence[int], viewer: Viewer) -> list[tuple[str, str]]:
        rows = Rule.objects.kept().filter(pk__in=keys)
        return [(rule.title, rule.get_absolute_url()) for rule in rows]

    def move(keys: Sequence[int], giver: Person, to: Person, by: Person) -> list[Refused]:
        refused: list[Refused] = []
        for rule in naming(giver).filter(pk__in=keys):
            named = {"person": rule.person_id, "substitute": rule.substitute_id}
            changes = {name: str(to.uid) for name, key in named.items() if key == giver.pk}
            try:
                edit_rule(rule, changes, by=by)
            except DomainError as error:
                refused.append((rule.pk, _told(rule.title, error)))
        return refused

    return Mover("rule", _("運用ルール"), find, names, move, 82)


def naming(person: Person) -> Any:
    """Entry rules that name him."""
    return Rule.objects.kept().filter(Q(person=person) | Q(substitute=person))


def lead_rules() -> Mover:
    """Rules of distribution that say that he gets leads. For who may change settings."""

    def find(giver: Person, viewer: Viewer) -> Iterable[Found]:
        return [Found(rule.pk) for rule in giving_to(giver)] if viewer.has_power("settings") else []

    def names(keys: Sequence[int], viewer: Viewer) -> list[tuple[str, str]]:
        rows = LeadRule.objects.filter(pk__in=keys)
        return [(rule.name, url_of("distribution:rule", rule.uid)) for rule in rows]

    def move(keys: Sequence[int], giver: Person, to: Person, by: Person) -> list[Refused]:
        refused: list[Refused] = []
        for rule in [each for each in giving_to(giver) if each.pk in keys]:
            people = sorted({*rule.people, to.pk} - {giver.pk})
            try:
                edit_lead_rule(rule, {"people": people}, by=by)
            except DomainError as error:
                refused.append((rule.pk, _told(rule.name, error)))
        return refused

    return Mover("lead_rule", _("振り分けルール"), find, names, move, 84)


def giving_to(person: Person) -> list[LeadRule]:
    """Rules of distribution that name him; a firm has few of them."""
    return [rule for rule in LeadRule.objects.all() if person.pk in rule.people]


def memberships() -> Mover:
    """Customers of others on which he is a member: the successor takes his place, with his role."""

    def find(giver: Person, viewer: Viewer) -> Iterable[Found]:
        rows = Share.objects.filter(person=giver, object__in=MEMBERS_OF).exclude(role="").order_by("pk")
        places = {pk: (kind, key) for pk, kind, key in rows.values_list("pk", "object", "record_id")}
        seen = seen_of_kinds(places.values(), viewer)
        return [
            Found(pk) for pk, place in places.items() if place in seen and sees(viewer, seen[place], "edit")
        ]

    def names(keys: Sequence[int], viewer: Viewer) -> list[tuple[str, str]]:
        rows = Share.objects.filter(pk__in=keys).order_by("pk")
        places = list(rows.values_list("object", "record_id"))
        seen = seen_of_kinds(places, viewer)
        return [(str(seen[each]), seen[each].get_absolute_url()) for each in places if each in seen]

    def move(keys: Sequence[int], giver: Person, to: Person, by: Person) -> list[Refused]:
        refused: list[Refused] = []
        for share in Share.objects.filter(pk__in=keys, person=giver).exclude(role=""):
            record = registry.get(share.object).model.plain.get(pk=share.record_id)
            try:
                _replace(record, giver, to, by)
            except DomainError as error:
                refused.append((share.pk, _told(str(record), error)))
        return refused

    return Mover("member", _("メンバーとして加わっているお客様"), find, names, move, 25)


def _replace(record: Any, giver: Person, to: Person, by: Person) -> None:
    if not sees(viewer_of(by), record, "edit"):
        raise Forbidden
    stays = [each for each in record.members if each["id"] not in {giver.pk, to.pk}]
    role = next((each["role"] for each in record.members if each["id"] == giver.pk), "")
    known = next((each for each in record.members if each["id"] == to.pk), None)
    place = known or {"uid": str(to.uid), "role": role}
    others = stays if record.owner_id == to.pk else [*stays, place]
    edit(record, {"members": others}, by=by)


def _told(name: str, error: DomainError) -> str:
    problem = error.problems[0].message if error.problems else error.message
    return str(_("%(name)s: %(problem)s") % {"name": name, "problem": problem})
