"""What is worked out from what: every computed field as it was understood, in the order in which they depend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import PersonLink, RecordLink, TeamLink
from daifuku.records.formulas.checking import check
from daifuku.records.formulas.looking_up import Fields, Look
from daifuku.records.formulas.parsing import parse
from daifuku.records.formulas.rolling import Roll
from daifuku.records.formulas.syntax import Call, Node, Reference, Wrong, walk

if TYPE_CHECKING:
    from daifuku.records.models import CustomField

Place = tuple[str, str]
RESTLESS = frozenset({"TODAY", "FISCALYEAR"})


@dataclass(frozen=True)
class Hop:
    """A field that is read: `links` lead from the record to the one on which it stands."""

    links: tuple[str, ...]
    object: str
    key: str


@dataclass(frozen=True)
class Computed:
    """A computed field: a formula (`node`) or a roll-up (`roll`), neither where it is broken."""

    object: str
    field: Field
    hops: tuple[Hop, ...] = ()
    node: Node | None = None
    roll: Roll | None = None
    restless: bool = False

    @property
    def place(self) -> Place:
        return self.object, self.field.key

    @property
    def broken(self) -> bool:
        return self.node is None and self.roll is None


@dataclass(frozen=True)
class Plan:
    """`computed` stand in the order in which they are worked out; the others tell what a change must wake."""

    computed: dict[str, list[Computed]] = field(default_factory=dict)
    readers: dict[str, list[tuple[str, Hop, str]]] = field(default_factory=dict)
    rollups: dict[str, list[Computed]] = field(default_factory=dict)

    def of(self, object_key: str) -> list[Computed]:
        return self.computed.get(object_key, [])

    def hears(self, object_key: str) -> bool:
        """Whether anything on other records depends on these ones."""
        return object_key in self.readers or object_key in self.rollups

    def every(self) -> Iterable[Computed]:
        return (each for listed in self.computed.values() for each in listed)

    @cached_property
    def tangled(self) -> frozenset[str]:
        """Those kinds of records between which changes spread on more ways than one, or in a circle."""
        ways = {(key, reader) for key, listed in self.readers.items() for _field, _hop, reader in listed}
        ways |= {(key, each.object) for key, listed in self.rollups.items() for each in listed}
        found: set[str] = set()
        for group in _groups(ways):
            if sum(start in group for start, _end in ways) >= len(group):
                found |= group
        return frozenset(found)

    def telling_of(self, object_key: str, key: str) -> list[Computed]:
        """The computed fields that need this field."""
        return [each for each in self.every() if (object_key, key) in each.field.sources]


def planned(
    fields: dict[str, dict[str, Field]], rows: Iterable[CustomField]
) -> tuple[dict[str, dict[str, Field]], Plan]:
    """The fields with what they tell of, and the plan of all of them."""
    understood = {(row.object, row.key): understand(fields, row) for row in rows}
    if not understood:
        return fields, Plan()
    needs = {place: {(hop.object, hop.key) for hop in each.hops} for place, each in understood.items()}
    order = _in_order(needs)
    fields = {key: dict(each) for key, each in fields.items()}
    plan = Plan()
    for place in [*order, *(place for place in understood if place not in order)]:
        each = understood[place]
        if place not in order:
            each = replace(each, node=None, roll=None)
        sources = tuple(sorted(_all_needs(place, needs)))
        each = replace(each, field=replace(each.field, sources=sources, broken=each.broken))
        fields[place[0]][place[1]] = each.field
        plan.computed.setdefault(place[0], []).append(each)
        for hop in each.hops:
            if hop.links and each.roll is None:
                plan.readers.setdefault(hop.object, []).append((hop.key, hop, each.object))
        if each.roll is not None:
            plan.rollups.setdefault(each.roll.of, []).append(each)
    return fields, plan


def understand(fields: Fields, row: CustomField) -> Computed:
    """A field of which something is gone, or became something else, is broken; what it needs is still known."""
    own = fields[row.object][row.key]
    if row.type == "rollup":
        roll = Roll.read(row.object, row.options)
        hops = tuple(Hop((), roll.of, key) for key in roll.watched)
        return Computed(row.object, own, hops, roll=roll if roll.fits(fields) else None, restless=True)
    try:
        node = parse(row.options.get("formula", ""))
    except Wrong:
        return Computed(row.object, own)
    look = Look(fields, row.object)
    hops = tuple(
        dict.fromkeys(hop for each in walk(node) if isinstance(each, Reference) for hop in _hops(look, each))
    )
    restless = any(isinstance(each, Call) and each.name in RESTLESS for each in walk(node))
    restless = restless or any(_names_somebody(fields, hop) for hop in hops)
    try:
        check(node, look.kind)
    except Wrong:
        return Computed(row.object, own, hops)
    return Computed(row.object, own, hops, node, restless=restless)


def _names_somebody(fields: Fields, hop: Hop) -> bool:
    """People and teams are renamed without a change of any record: their names are brought up to date at night."""
    read = fields[hop.object].get(hop.key)
    return read is not None and isinstance(read.type, PersonLink | TeamLink)


def hops_of(look: Look, node: Node) -> list[Hop]:
    return [hop for each in walk(node) if isinstance(each, Reference) for hop in _hops(look, each)]


def circle(plan: Plan, place: Place, needed: Iterable[Place]) -> list[Place]:
    """The way from a field back to itself that these needs would make; empty where there is none."""
    needs = {each.place: {(hop.object, hop.key) for hop in each.hops} for each in plan.every()}
    needs[place] = set(needed)
    waiting: list[list[Place]] = [[place]]
    seen: set[Place] = set()
    while waiting:
        way = waiting.pop()
        for following in sorted(needs.get(way[-1], ())):
            if following == place:
                return [*way, place]
            if following not in seen:
                seen.add(following)
                waiting.append([*way, following])
    return []


def _groups(ways: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The kinds of records that hang together, in whichever direction."""
    groups: list[set[str]] = []
    for way in ways:
        touched = [group for group in groups if not group.isdisjoint(way)]
        groups = [group for group in groups if group.isdisjoint(way)]
        groups.append(set(way).union(*touched))
    return groups


def _hops(look: Look, reference: Reference) -> list[Hop]:
    """As far as the fields are there; the first that is gone is the last."""
    found, object_key = [], look.object
    for number, key in enumerate(reference.steps):
        found.append(Hop(reference.steps[:number], object_key, key))
        step: Any = look.fields[object_key].get(key)
        if step is None or not isinstance(step.type, RecordLink):
            break
        object_key = step.type.target
    return found


def _all_needs(place: Place, needs: dict[Place, set[Place]]) -> set[Place]:
    found: set[Place] = set()
    waiting = list(needs.get(place, ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += needs.get(each, ())
    return found


def _in_order(needs: dict[Place, set[Place]]) -> list[Place]:
    """What is needed comes before what needs it; what stands in a circle is left out, and what needs that."""
    order: list[Place] = []
    left = dict(needs)
    while True:
        ready = [place for place, needed in left.items() if not needed & left.keys()]
        if not ready:
            return order
        order += ready
        for place in ready:
            del left[place]
