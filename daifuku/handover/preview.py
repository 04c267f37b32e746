"""What a hand-over would move, before anything moves: by kind and successor; and what somebody has to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from daifuku.handover import leftovers, movers
from daifuku.handover.cleaning import cleaned
from daifuku.handover.models import Handover
from daifuku.handover.models.handover import State
from daifuku.handover.sharing_out import CUSTOMERS, Shares, share_out
from daifuku.records.catalogue import registry
from daifuku.staff.absence import is_absent
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

NAMED, LISTED = 10, 100
Name = tuple[str, str]


@dataclass(frozen=True)
class Share:
    """What one successor gets of a kind: how many, and some of them by name and address."""

    person: Person
    count: int
    names: Sequence[Name]


@dataclass(frozen=True)
class Moving:
    key: str
    label: Any
    total: int
    shares: Sequence[Share]


@dataclass(frozen=True)
class Customer:
    """`to` is None where the customer stays with whoever has him now. `word` is how a form names him."""

    word: str
    record: Any
    to: Person | None


@dataclass(frozen=True)
class Preview:
    """`customers` are the first of them, those that were left out before all; `deciding` is what does not move by
    itself, `away` are successors who are not there on the day, `others` hand-overs of this person that are not over.
    """

    giver: Person
    moving: Sequence[Moving]
    customers: Sequence[Customer]
    more: bool
    staying: int
    deciding: Sequence[leftovers.Left]
    away: Sequence[Person]
    others: Sequence[Handover]


def preview(values: Mapping[str, Any], *, by: Person, today: date) -> Preview:
    """As things stand now, with the rights of `by`. Raises Invalid, Forbidden."""
    given, viewer = cleaned(values, by=by, today=today), viewer_of(by)
    giver: Person = given["giver"]
    shares = share_out(giver, given["plan"], by, today)
    wanted = [each["person"] for each in given["plan"]["successors"]]
    people = Person.objects.in_bulk(wanted)
    customers, more = _customers(shares, people, given["plan"]["excluded"])
    open_ones = (State.PLANNED, State.RUNNING, State.STOPPED, State.RETURNING)
    return Preview(
        giver,
        _moving(shares, people, viewer),
        customers,
        more,
        len(shares.staying),
        leftovers.of(giver, viewer),
        [people[key] for key in wanted if is_absent(people[key], given["starts_on"])],
        list(Handover.objects.visible_to(viewer).filter(giver=giver, state__in=open_ones).order_by("pk")),
    )


def _moving(shares: Shares, people: Mapping[int, Person], viewer: Viewer) -> list[Moving]:
    found = []
    for mover in movers.every():
        by_person = shares.moving.get(mover.key, {})
        parts = [
            Share(people[key], len(keys), list(mover.names(keys[:NAMED], viewer)))
            for key, keys in by_person.items()
            if keys
        ]
        if parts:
            found.append(Moving(mover.key, mover.label, sum(part.count for part in parts), parts))
    return found


def _customers(
    shares: Shares, people: Mapping[int, Person], excluded: Mapping[str, Sequence[int]]
) -> tuple[list[Customer], bool]:
    """So many as a page holds: those that were left out, then by successor, then those that stay anyway."""
    left_out = [each for each in sorted(shares.staying) if each[1] in excluded.get(each[0], ())]
    rows: list[tuple[tuple[str, int], int | None]] = [
        *((each, None) for each in left_out),
        *shares.customers.items(),
        *((each, None) for each in sorted(shares.staying - set(left_out))),
    ]
    shown = rows[: max(LISTED, len(left_out))]
    records: dict[tuple[str, int], Any] = {}
    for kind in CUSTOMERS:
        keys = [key for (object, key), _to in shown if object == kind]
        records |= {(kind, each.pk): each for each in registry.get(kind).model.plain.filter(pk__in=keys)}
    found = [
        Customer(f"{registry.get(place[0]).slug}:{records[place].uid}", records[place], people.get(to or 0))
        for place, to in shown
        if place in records
    ]
    return found, len(rows) > len(shown)
