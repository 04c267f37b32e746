"""Compares a whole list in memory: who may be one with whom. The command line and the measurements use it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from daifuku.dedupe.matching.blocks import Blocks
from daifuku.dedupe.matching.clusters import Joined
from daifuku.dedupe.matching.comparing import Facts, compare_firms, compare_people
from daifuku.dedupe.matching.firm import firm_keys, firm_of
from daifuku.dedupe.matching.person import person_keys, person_of
from daifuku.dedupe.matching.scoring import NO, Model
from daifuku.dedupe.matching.weights import FIRMS, PEOPLE

Values = dict[str, str]


class Kind(NamedTuple):
    """How one kind of records is compared."""

    of: Callable[[Values], Any]
    keys: Callable[[Any], Iterable[tuple[str, str]]]
    compare: Callable[[Any, Any], Facts]
    model: Model


KINDS = {
    "account": Kind(firm_of, firm_keys, compare_firms, FIRMS),
    "contact": Kind(person_of, person_keys, compare_people, PEOPLE),
}


class Found(NamedTuple):
    """Two of the list, by their places, the first place 0."""

    one: int
    other: int
    score: float
    verdict: str
    facts: Facts
    common: int


class Listed:
    """A list that was read once and can be looked through with several models."""

    def __init__(self, kind: Kind, rows: Iterable[Values]) -> None:
        self.kind, self.records, self.blocks = kind, [], Blocks()
        for values in rows:
            record = kind.of(values)
            self.records.append(record)
            self.blocks.add(kind.keys(record))
        self.blocks.close()

    def pairs(self, model: Model | None = None) -> list[Found]:
        """Those that are sure or possible and fit into one group with all others there; the likeliest first."""
        chosen = model or self.kind.model
        found = [each for each in self.compared(chosen) if each.verdict != NO]
        found.sort(key=lambda each: (-each.score, each.one, each.other))
        joined = Joined(partial(self.score, chosen), chosen.perhaps)
        return [each for each in found if joined.join(each.one, each.other)]

    def score(self, model: Model, one: int, other: int) -> float:
        common = max(self.blocks.common(one), self.blocks.common(other))
        return model.score(self.kind.compare(self.records[one], self.records[other]), common)

    def compared(self, chosen: Model) -> Iterator[Found]:
        """Every one that was compared."""
        compare, records, blocks = self.kind.compare, self.records, self.blocks
        for one, others in blocks.candidates():
            mine, rare = records[one], blocks.common(one)
            for other in others:
                facts = compare(mine, records[other])
                common = max(rare, blocks.common(other))
                score = chosen.score(facts, common)
                yield Found(one, other, score, chosen.verdict(score), facts, common)
