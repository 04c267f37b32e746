"""The same question for many drafts at once, as an import asks it: a sure double, a possible one, or none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from daifuku.dedupe.judging import COMPARE, model_of
from daifuku.dedupe.lookup import HELD, NAMED, STRONG, hidden_kinds
from daifuku.dedupe.matching.scoring import NO
from daifuku.dedupe.models import Way, setup
from daifuku.dedupe.values import compared_as, way_of
from daifuku.records.catalogue import registry
from daifuku.records.models import DuplicateKey
from daifuku.records.scope import seen_by_keys
from daifuku.staff.viewer import Viewer

Key = tuple[str, str]
# How many of the likeliest are looked at for each row.
COMPARED = 8
AT_ONCE = 200
# So many rows of a file are kept in mind, to compare what follows with them; who brings in more has the scan.
KEPT_ROWS = 10_000
# Which records are the party that a row tells of. The firm of a lead is no account: whoever brings it in as one makes
# no double.
PARTIES = {"account": ("account",), "contact": ("contact", "lead"), "lead": ("lead", "contact")}


@dataclass(frozen=True)
class Double:
    """A record that is there, or the draft of an earlier line; `verdict` is sure or perhaps."""

    record: Any
    verdict: str
    score: float
    line: int = 0


def doubles_of(object_key: str, records: Sequence[Any], viewer: Viewer) -> list[Double | None]:
    """For every draft the likeliest record of its party among those that this person sees, or None; of two that are as
    likely the one of its own kind."""
    kinds = [kind for kind in PARTIES.get(object_key, ()) if kind == object_key or viewer.may(kind, "view")]
    found = [_doubles_among(kind, object_key, records, viewer) for kind in kinds]
    return [
        max(filter(None, of_one), key=lambda double: double.score, default=None)
        for of_one in (zip(*found, strict=True) if found else [()] * len(records))
    ]


def _doubles_among(kind: str, object_key: str, records: Sequence[Any], viewer: Viewer) -> list[Double | None]:
    """The likeliest record of this kind for every draft of that object."""
    object_type, hidden = registry.get(kind), hidden_kinds(viewer, kind)
    keys = [_keys(object_key, record, hidden) for record in records]
    holders = _holders(kind, {key for each in keys for key in each})
    wanted = [_likeliest(each, holders) for each in keys]
    everybody = {pk for each in wanted for pk in each}
    seen = seen_by_keys(object_type.model, everybody, viewer, linked=object_type.related) if everybody else {}
    judging = _Judging(way_of(object_key, kind), viewer.hidden_fields(object_key), viewer.hidden_fields(kind))
    return [
        judging.best(record, [seen[pk] for pk in found if pk in seen], _common(each, holders))
        if found
        else None
        for record, each, found in zip(records, keys, wanted, strict=True)
    ]


class Rows:
    """The rows of one file, as drafts: whether a further one is the same party as an earlier one."""

    def __init__(self, object_key: str) -> None:
        self._object_key = object_key
        self._drafts: dict[int, Any] = {}
        self._holders: dict[Key, list[int]] = defaultdict(list)

    @cached_property
    def _judging(self) -> _Judging:
        return _Judging(way_of(self._object_key, self._object_key), (), ())

    def double_of(self, record: Any) -> Double | None:
        """The likeliest earlier row, with its line."""
        keys = self._keys(record)
        if not (found := _likeliest(keys, self._holders)):
            return None
        drafts = [self._drafts[line] for line in found]
        double = self._judging.best(record, drafts, _common(keys, self._holders))
        return double and replace(
            double, line=next(line for line in found if self._drafts[line] is double.record)
        )

    def add(self, line: int, record: Any) -> None:
        if len(self._drafts) < KEPT_ROWS and (keys := self._keys(record)):
            self._drafts[line] = record
            for key in keys:
                self._holders[key].append(line)

    def _keys(self, record: Any) -> set[Key]:
        return _keys(self._object_key, record) if self._object_key in PARTIES else set()


def _keys(object_key: str, record: Any, hidden: Collection[str] = ()) -> set[Key]:
    if not record:
        return set()
    return {
        (kind, key[:120]) for kind, key in registry.get(object_key).keys(record) if key and kind not in hidden
    }


def _holders(object_key: str, wanted: set[Key]) -> dict[Key, list[int]]:
    """Who has each of these keys."""
    holders: dict[Key, list[int]] = defaultdict(list)
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, key in sorted(wanted):
        by_kind[kind].append(key)
    for kind, keys in by_kind.items():
        for at in range(0, len(keys), AT_ONCE):
            rows = DuplicateKey.objects.filter(object=object_key, kind=kind, key__in=keys[at : at + AT_ONCE])
            for key, record in rows.order_by("record_id").values_list("key", "record_id"):
                holders[kind, key].append(record)
    return holders


def _likeliest(keys: Iterable[Key], holders: Mapping[Key, Sequence[int]]) -> list[int]:
    counted: Counter[int] = Counter()
    for key in keys:
        for record in holders.get(key, ())[:HELD]:
            counted[record] += 3 if key[0] in STRONG else 2
    return sorted(counted, key=lambda record: (-counted[record], record))[:COMPARED]


def _common(keys: Iterable[Key], holders: Mapping[Key, Sequence[int]]) -> int:
    """How many would be called so."""
    return 1 + max((len(holders.get(key, ())) for key in keys if key[0] in NAMED), default=0)


class _Judging:
    def __init__(self, way: Way, hidden: Iterable[str], hidden_of_others: Iterable[str]) -> None:
        self.way, self.model = way, model_of(way, setup())
        self.hidden, self.hidden_of_others = frozenset(hidden), frozenset(hidden_of_others)

    def best(self, record: Any, others: Sequence[Any], common: int) -> Double | None:
        mine = compared_as(record, self.way, self.hidden)
        found = None
        for other in others:
            facts = COMPARE[self.way](mine, compared_as(other, self.way, self.hidden_of_others))
            score = self.model.score(facts, common)
            if (verdict := self.model.verdict(score)) != NO and (found is None or score > found.score):
                found = Double(other, verdict, score)
        return found
