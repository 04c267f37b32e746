"""Whose customer a lead is already: its account, a person there or another lead of the firm has somebody in charge.

Set-based: for a batch of leads the keys by which doubles are found are asked once, whatever their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from daifuku.customers.models import Account, Contact, Lead, Separation
from daifuku.foundation.portions import portions
from daifuku.records.models import DuplicateKey
from daifuku.staff.models import Person

Key = tuple[str, str]
KINDS = ("number", "email", "name", "phone")
# The firm itself tells more than somebody there, a customer more than a lead; the official number of the firm more
# than its name, that more than a telephone number.
OBJECTS = {"account": 0, "contact": 1, "lead": 2}
STRENGTH = {"number": 0, "name": 1, "email": 2, "phone": 3, "domain": 4}
NAMES, KIND_NAMES = list(OBJECTS), list(STRENGTH)
# Places in the two lists, and the record: the smallest is the strongest.
Rank = tuple[int, int, int]
PORTION, FEW, FIRST = 400, 30, 3
# Addresses that say nothing about a firm.
EVERYBODYS = frozenset(
    {
        "gmail.com", "googlemail.com", "yahoo.co.jp", "ymail.ne.jp", "yahoo.com", "outlook.jp", "outlook.com",
        "hotmail.co.jp", "hotmail.com", "live.jp", "icloud.com", "me.com", "docomo.ne.jp", "ezweb.ne.jp", "au.com",
        "softbank.ne.jp", "i.softbank.jp", "nifty.com", "biglobe.ne.jp", "ocn.ne.jp", "so-net.ne.jp",
    }
)  # fmt: skip
MODELS: dict[str, Any] = {"account": Account, "contact": Contact, "lead": Lead}


@dataclass(frozen=True)
class Found:
    """The record by which it is known, by what, and who is in charge there."""

    object: str
    record: int
    kind: str
    owner: int

    @property
    def rank(self) -> Rank:
        return OBJECTS[self.object], STRENGTH[self.kind], self.record


def keys_of(leads: Iterable[int]) -> dict[int, set[Key]]:
    """The keys of each lead; of a mail address also its domain."""
    found: dict[int, set[Key]] = {lead: set() for lead in leads}
    rows = DuplicateKey.objects.filter(object="lead", kind__in=KINDS)
    for part in portions(sorted(found), PORTION):
        for lead, kind, key in rows.filter(record_id__in=part).values_list("record_id", "kind", "key"):
            found[lead].add((kind, key))
            domain = key.partition("@")[2] if kind == "email" else ""
            if domain and domain not in EVERYBODYS:
                found[lead].add(("domain", domain))
    return found


class Domains:
    """Which records have an address of which domain. A few are looked for one by one; for many all addresses are read
    once for however many batches."""

    def __init__(self) -> None:
        self._all: dict[str, list[tuple[str, int]]] | None = None

    def matches(self, domains: set[str]) -> list[tuple[str, int, Key]]:
        if not domains:
            return []
        if self._all is not None or len(domains) > FEW:
            self._all = self._read(_addresses()) if self._all is None else self._all
            found = self._all
        else:
            wanted = reduce(or_, (Q(key__endswith=f"@{domain}") for domain in sorted(domains)))
            found = self._read(_addresses().filter(wanted))
        return [(o, record, ("domain", d)) for d in domains for o, record in found.get(d, ())]

    def _read(self, rows: Any) -> dict[str, list[tuple[str, int]]]:
        read: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for object_key, record, key in rows.values_list("object", "record_id", "key").iterator(
            chunk_size=5000
        ):
            domain = key.partition("@")[2]
            if domain not in EVERYBODYS:
                read[domain].append((object_key, record))
        return read


def _addresses() -> Any:
    return DuplicateKey.objects.filter(kind="email", object__in=OBJECTS)


def apart_of(leads: Iterable[int]) -> dict[int, set[int]]:
    """The leads from which each of these was said to be separate: being alike with them says nothing."""
    found: dict[int, set[int]] = defaultdict(set)
    marks = Separation.objects.filter(object="lead")
    for part in portions(sorted(leads), PORTION):
        either = marks.filter(Q(first_id__in=part) | Q(second_id__in=part))
        for one, other in either.values_list("first_id", "second_id"):
            found[one].add(other)
            found[other].add(one)
    return found


def related(
    keys: dict[int, set[Key]], domains: Domains | None = None, apart: Mapping[int, set[int]] | None = None
) -> dict[int, Found]:
    """The strongest relation of each lead that has one with somebody at work."""
    leads_of: dict[Key, set[int]] = defaultdict(set)
    for lead, pairs in keys.items():
        for pair in pairs:
            leads_of[pair].add(lead)
    asked = {key for kind, key in leads_of if kind == "domain"}
    matches = [*_same_keys(leads_of), *(domains or Domains()).matches(asked)]
    choices: dict[int, list[Rank]] = defaultdict(list)
    for object_key, record, pair in matches:
        for lead in leads_of[pair]:
            but = {lead, *(apart or {}).get(lead, ())} if object_key == "lead" else ()
            if record not in but:
                choices[lead].append((OBJECTS[object_key], STRENGTH[pair[0]], record))
    return _in_charge(choices)


def _in_charge(choices: Mapping[int, Collection[Rank]]) -> dict[int, Found]:
    """Of each lead the strongest choice that has somebody at work. A firm has mostly one: the first few are asked for
    first, the others only where none of these has."""
    best: dict[int, Found] = {}
    for few in (FIRST, None):
        rest = {lead: sorted(ranks)[:few] for lead, ranks in choices.items() if lead not in best}
        owners = _owners({(NAMES[rank[0]], rank[2]) for ranks in rest.values() for rank in ranks})
        for lead, ranks in rest.items():
            for at, strength, record in ranks:
                if owner := owners.get((NAMES[at], record)):
                    best[lead] = Found(NAMES[at], record, KIND_NAMES[strength], owner)
                    break
    return best


def _same_keys(leads_of: dict[Key, set[int]]) -> list[tuple[str, int, Key]]:
    """Kind by kind, so that the index of kind and key is walked and nothing else."""
    found: list[tuple[str, int, Key]] = []
    for kind in KINDS:
        for part in portions(sorted(key for name, key in leads_of if name == kind), PORTION):
            rows = DuplicateKey.objects.filter(kind=kind, key__in=part)
            asked = rows.values_list("object", "record_id", "key")
            found += [(o, record, (kind, key)) for o, record, key in asked if o in OBJECTS]
    return found


def _owners(records: set[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Who is in charge of each, where he still works here."""
    if not records:
        return {}
    working = set(Person.objects.working().values_list("pk", flat=True))
    found: dict[tuple[str, int], int] = {}
    for object_key, model in MODELS.items():
        keys = sorted(record for name, record in records if name == object_key)
        for part in portions(keys, PORTION):
            rows = model.plain.filter(pk__in=part, trashed_at__isnull=True, owner__in=working)
            found |= {(object_key, key): owner for key, owner in rows.values_list("pk", "owner_id")}
    return found
