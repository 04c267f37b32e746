"""Learns the weights from pairs that people have decided: a logistic regression over the same facts, one by one and two
by two.

The learnt score is the same kind of sum as the one as shipped, so it explains itself in the same way. What was never
seen keeps the weight it had, and with few decisions every weight stays near it (the penalty pulls towards it). Whether
anything is learnt is asked of the decisions themselves: each is judged by weights that were fitted to the others, and
where these make not clearly fewer mistakes than those as shipped, the shipped ones stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import log, log2, sqrt
from typing import Any

import numpy as np

from daifuku.dedupe.matching.comparing import Facts
from daifuku.dedupe.matching.scoring import COMMON, START, Model, beside, together

Decided = tuple[Facts, int, bool]
# How often those of each part were the same, and were not.
Grouped = dict[tuple[Facts, float], Any]
# Two facts are learnt where that many pairs have them; the steps of a fit.
OFTEN, ROUNDS = 30, 30
BIT = log(2)
# Decisions of which the weights are as sure as that say nothing about where to go next.
SURE_ALREADY = 1e-5
# How strongly the penalty pulls a fact and two facts together; the first that is best is taken.
PULLS = ((0.1, 0.5), (1.0, 5.0), (10.0, 50.0))
# A name becomes more common as the list grows, which the decisions of today say nothing of: what that counts stays.
STEADY = 1e6
# Into so many parts the decisions are cut; by so many standard errors the mistakes must be fewer.
PARTS, CLEARLY = 5, 2.0


def learn(model: Model, decided: Sequence[Decided]) -> Model:
    """A model that judges what people decided clearly better, or the very model that was given."""
    examples = _Examples(model, decided, steady=True)
    gains = {pulls: examples.gain(*pulls) for pulls in PULLS}
    best = max(PULLS, key=lambda pulls: gains[pulls][0])
    fewer, spread = gains[best]
    return examples.model(*best) if fewer > CLEARLY * spread else model


def fitted(model: Model, decided: Sequence[Decided], pull: float, pull_together: float) -> Model:
    """With weights that fit (facts, how common the name, the same or not), asked or not; the same every time."""
    return _Examples(model, decided, steady=False).model(pull, pull_together)


class _Examples:
    """The decisions as a table: a line for those with the same facts, a column for each weight."""

    def __init__(self, given: Model, decided: Sequence[Decided], *, steady: bool) -> None:
        self.given, self._fits = given, dict[tuple[float, float], Any]()
        grouped: Grouped = {}
        for number, (facts, common, same) in enumerate(decided):
            if given.settled.isdisjoint(facts):
                key = (facts, round(2 * log2(max(1, common))) / 2)
                counts = grouped.get(key)
                if counts is None:
                    counts = grouped[key] = np.zeros((2, PARTS))
                counts[0 if same else 1, number % PARTS] += 1
        self.names, self.steady = _names(grouped), steady
        self.before = np.array([_weight(given, name) for name in self.names])
        self.table = _table(given, grouped, self.names)
        counted = np.array(list(grouped.values())).reshape(-1, 2, PARTS)
        self.same, self.apart = counted[:, 0], counted[:, 1]

    def _all(self, pull: float, pull_together: float) -> Any:
        if (pull, pull_together) not in self._fits:
            same, apart = self.same.sum(axis=1), self.apart.sum(axis=1)
            self._fits[pull, pull_together] = self._fit(same, apart, pull, pull_together)
        return self._fits[pull, pull_together]

    def model(self, pull: float, pull_together: float) -> Model:
        found = self._all(pull, pull_together)
        weights = {name: round(float(weight), 3) for name, weight in zip(self.names, found, strict=True)}
        weights = {**self.given.weights, **weights}
        start, slope = weights.pop(START), weights.pop(COMMON)
        return replace(self.given, start=start, common=slope, weights=weights)

    def gain(self, pull: float, pull_together: float) -> tuple[float, float]:
        """How many mistakes fewer than as given, and how far that goes by chance: each part is judged by weights that
        were fitted to the others."""
        fewer = changed = 0.0
        begun = self._all(pull, pull_together)
        as_given = self._mistakes(self.before)
        for part in range(PARTS):
            same, apart = (np.delete(counts, part, axis=1).sum(axis=1) for counts in (self.same, self.apart))
            found = self._mistakes(self._fit(same, apart, pull, pull_together, begun))
            for counts, was, now in zip((self.same, self.apart), as_given, found, strict=True):
                fewer += float((counts[:, part] * (was - now)).sum())
                changed += float((counts[:, part] * (was - now) ** 2).sum())
        return fewer, sqrt(changed)

    def _mistakes(self, weights: Any) -> tuple[Any, Any]:
        """Of each line: one where they are the same and no candidates; one where they are two and candidates, two where
        they would be sure."""
        score = self.table @ weights.astype(np.float32)
        proposed = (score >= self.given.perhaps).astype(float)
        return 1 - proposed, proposed + (score >= self.given.sure)

    def _fit(self, same: Any, apart: Any, pull: float, pull_together: float, begun: Any = None) -> Any:
        """Newton's steps: few are enough, and fewer from weights that were `begun`."""
        weights, seen = (self.before if begun is None else begun).copy(), same + apart
        pulls = np.array([
            STEADY if self.steady and name.startswith(COMMON) else pull_together if "+" in name else pull
            for name in self.names
        ])  # fmt: skip
        lines = seen > 0
        table, same, seen = self.table[lines], same[lines], seen[lines]
        for _round in range(ROUNDS):
            score = np.clip(table @ weights.astype(np.float32) - self.given.even, -60, 60).astype(float)
            likely = 1 / (1 + np.exp2(-score))
            slope = BIT * (table.T @ (same - seen * likely).astype(np.float32)).astype(float) - pulls * (
                weights - self.before
            )
            bend = (seen * likely * (1 - likely) * BIT * BIT).astype(np.float32)
            telling = bend > SURE_ALREADY
            some = table[telling]
            curve = (some.T @ (some * bend[telling, None])).astype(float) + np.diag(pulls)
            step = np.linalg.solve(curve, slope)
            largest = float(np.abs(step).max())
            weights += step * min(1.0, 4.0 / largest) if largest > 0 else 0.0
            if largest < 0.01:
                break
        return weights


def _names(grouped: Grouped) -> list[str]:
    """Of the weights that are learnt."""
    alone, both = Counter[str](), Counter[str]()
    for (facts, _common), counts in grouped.items():
        seen = int(counts.sum())
        for fact in facts:
            alone[fact] += seen
        for one, other in combinations(facts, 2):
            both[together(one, other)] += seen
    found = [START, COMMON, *sorted(alone)]
    found += [beside(fact) for fact in sorted(alone) if alone[fact] >= OFTEN]
    return found + sorted(name for name, seen in both.items() if seen >= OFTEN)


def _weight(model: Model, name: str) -> float:
    return {START: model.start, COMMON: model.common}.get(name, model.weights.get(name, 0.0))


def _table(model: Model, grouped: Grouped, names: list[str]) -> Any:
    """A line for each group of pairs, a column for each weight that is learnt."""
    places = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(grouped), len(names)), np.float32)
    for line, (facts, common) in enumerate(grouped):
        table[line, 0] = 1
        columns = [*facts, *(together(one, other) for one, other in combinations(facts, 2))]
        for name in columns:
            if (at := places.get(name)) is not None:
                table[line, at] = 1
        if not model.named.isdisjoint(facts):
            for name in (COMMON, *map(beside, facts)):
                if (at := places.get(name)) is not None:
                    table[line, at] = -common
    return table
