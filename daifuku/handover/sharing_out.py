"""Who gets which customer, and so all that belongs to them: by condition first, the rest evenly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from daifuku.foundation.errors import Invalid
from daifuku.foundation.portions import portions
from daifuku.handover import movers
from daifuku.handover.movers import Customer, Found, Mover
from daifuku.records import conditions
from daifuku.records.listing import query
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

CUSTOMERS = ("account", "lead")


@dataclass
class Shares:
    """`customers` says to whom each goes, `staying` are the giver's customers that do not move. `moving` is, by mover
    and successor, what goes along; `default` gets what belongs to no customer."""

    customers: dict[Customer, int] = field(default_factory=dict)
    staying: set[Customer] = field(default_factory=set)
    moving: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    default: int = 0

    def count(self, key: str) -> int:
        return sum(len(keys) for keys in self.moving.get(key, {}).values())


def share_out(
    giver: Person,
    plan: Mapping[str, Any],
    by: Person,
    today: date,
    settled: Mapping[Customer, int] | None = None,
) -> Shares:
    """As things stand now, with the rights of `by`: a few questions for each kind of thing.

    `settled` is to whom customers were given when it began: whoever goes on with it neither shares them out anew nor
    loses sight of those that have moved, as what belongs to them follows them.
    """
    viewer, successors = viewer_of(by), list(plan["successors"])
    unbound = [each["person"] for each in successors if not each.get("condition")]
    shares = Shares(dict(settled or {}), default=(unbound or [successors[0]["person"]])[0])
    own: dict[str, list[Found]] = {}
    for mover in movers.every():
        if mover.customers:
            own[mover.key] = list(mover.find(giver, viewer))
            _share_customers(mover, own[mover.key], plan, shares, viewer, today)
    for mover in movers.every():
        if mover.key in plan["kinds"]:
            found = own.get(mover.key) if mover.customers else mover.find(giver, viewer)
            shares.moving[mover.key] = _by_successor(found or [], shares, whole=not plan.get("chosen"))
    return shares


def _share_customers(
    mover: Mover, found: Sequence[Found], plan: Mapping[str, Any], shares: Shares, viewer: Viewer, today: date
) -> None:
    keys = [each.key for each in found]
    wanted = _wanted(mover.key, keys, plan) if mover.key in plan["kinds"] else []
    left = [key for key in wanted if (mover.key, key) not in shares.customers]
    for each in plan["successors"]:
        if each.get("condition") and left:
            met = _meeting(mover.key, each["condition"], left, viewer, today)
            shares.customers |= {(mover.key, key): each["person"] for key in left if key in met}
            left = [key for key in left if key not in met]
    even = [each["person"] for each in plan["successors"] if not each.get("condition")]
    if even:
        shares.customers |= {(mover.key, key): even[at % len(even)] for at, key in enumerate(left)}
    shares.staying |= {(mover.key, key) for key in keys if (mover.key, key) not in shares.customers}


def _wanted(kind: str, keys: Iterable[int], plan: Mapping[str, Any]) -> list[int]:
    """All, only the chosen ones, and never those that are left out."""
    chosen, excluded = plan.get("chosen"), set(plan.get("excluded", {}).get(kind, ()))
    only = set(chosen.get(kind, ())) if chosen else None
    return [key for key in keys if key not in excluded and (only is None or key in only)]


def _meeting(kind: str, written: Any, keys: Sequence[int], viewer: Viewer, today: date) -> set[int]:
    """Those that meet the condition; one that speaks of fields which leads have not, no lead meets."""
    try:
        condition = conditions.parse(written, kind, viewer)
    except Invalid:
        return set()
    rows = query(kind, viewer, condition, today=today).rows
    found: set[int] = set()
    for part in portions(keys):
        found |= set(rows.filter(pk__in=part).order_by().values_list("pk", flat=True))
    return found


def _by_successor(found: Iterable[Found], shares: Shares, *, whole: bool) -> dict[int, list[int]]:
    """What belongs to a customer goes where he goes, and stays where he stays; the rest moves with the whole."""
    sorted_out: dict[int, list[int]] = {}
    for each in found:
        to = shares.customers.get(each.customer) if each.customer else None
        if to is None and whole and each.customer not in shares.staying:
            to = shares.default
        if to is not None:
            sorted_out.setdefault(to, []).append(each.key)
    return sorted_out


def checked_condition(written: Any, viewer: Viewer) -> Any:
    """As it is kept. Raises Invalid where it cannot be asked of accounts."""
    return conditions.parse(written, "account", viewer).to_json() if written else None
