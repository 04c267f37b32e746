"""The same question for many drafts at once, as an import asks it: a sure double, a possible one, or none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Double:
    """A record that is there; `verdict` is sure or perhaps."""

    record: Any
    verdict: str
    score: float


def doubles_of(object_key: str, records: Sequence[Any], viewer: Viewer) -> list[Double | None]:
    """For every draft the likeliest record of this kind among those that this person sees, or None."""
    object_type, hidden = registry.get(object_key), hidden_kinds(viewer, object_key)
    if (object_key, object_key) not in _COMPARED:
        return [None for _record in records]
    keys = [
        {(kind, key[:120]) for kind, key in object_type.keys(each) if key and kind not in hidden}
        if each
        else set()
        for each in records
    ]
    holders = _holders(object_key, {key for each in keys for key in each})
    wanted = [_likeliest(each, holders) for each in keys]
    everybody = {pk for each in wanted for pk in each}
    seen = seen_by_keys(object_type.model, everybody, viewer, linked=object_type.related) if everybody else {}
    judging = _Judging(way_of(object_key, object_key), viewer.hidden_fields(object_key))
    return [
        judging.best(record, [seen[pk] for pk in found if pk in seen], _common(each, holders))
        if found
        else None
        for record, each, found in zip(records, keys, wanted, strict=True)
    ]


_COMPARED = {("account", "account"), ("contact", "contact"), ("lead", "lead")}


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
    def __init__(self, way: Way, hidden: Iterable[str]) -> None:
        self.way, self.hidden, self.model = way, frozenset(hidden), model_of(way, setup())

    def best(self, record: Any, others: Sequence[Any], common: int) -> Double | None:
        mine = compared_as(record, self.way, self.hidden)
        found = None
        for other in others:
            facts = COMPARE[self.way](mine, compared_as(other, self.way, self.hidden))
            score = self.model.score(facts, common)
            if (verdict := self.model.verdict(score)) != NO and (found is None or score > found.score):
                found = Double(other, verdict, score)
        return found
