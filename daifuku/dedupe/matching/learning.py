"""Learns the weights from pairs that people have decided: a logistic regression over the same facts, one by one and two
by two.

The learnt score is the same kind of sum as the one as shipped, so it explains itself in the same way. What was never
seen keeps the weight it had, and with few decisions every weight stays near it (the penalty pulls towards it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import log, log2
from typing import Any

import numpy as np

from daifuku.dedupe.matching.comparing import Facts
from daifuku.dedupe.matching.scoring import COMMON, START, Model, beside, together

Decided = tuple[Facts, int, bool]
Grouped = dict[tuple[Facts, float], list[int]]
# A fact, two facts together: how strongly the penalty pulls; two are learnt where that many pairs have them.
PULL, PULL_TOGETHER, OFTEN, ROUNDS = 0.1, 0.5, 30, 30
BIT = log(2)


def learn(
    model: Model, decided: Sequence[Decided], *, pull: float = PULL, pull_together: float = PULL_TOGETHER
) -> Model:
    """A model with weights that fit (facts, how common the name, the same or not); the same every time."""
    grouped: Grouped = {}
    for facts, common, same in decided:
        if not model.settled.isdisjoint(facts):
            continue
        counts = grouped.setdefault((facts, round(2 * log2(max(1, common))) / 2), [0, 0])
        counts[0] += same
        counts[1] += 1
    names = _names(model, grouped)
    before = np.array([_weight(model, name) for name in names])
    pulls = np.array([pull_together if "+" in name else pull for name in names])
    confirmed, seen = (np.array([counts[at] for counts in grouped.values()], float) for at in (0, 1))
    fitted = _fit(_table(model, grouped, names), confirmed, seen, before, pulls, model.even)
    weights = {
        **model.weights,
        **{name: round(float(weight), 3) for name, weight in zip(names, fitted, strict=True)},
    }
    start, slope = weights.pop(START), weights.pop(COMMON)
    return replace(model, start=start, common=slope, weights=weights)


def _names(model: Model, grouped: Grouped) -> list[str]:
    """Of the weights that are learnt."""
    alone, both = Counter[str](), Counter[str]()
    for (facts, _common), (_same, seen) in grouped.items():
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


def _fit(table: Any, same: Any, seen: Any, before: Any, pulls: Any, even: float) -> Any:
    """Newton's steps: few are enough."""
    weights = before.copy()
    for _round in range(ROUNDS):
        score = np.clip(table @ weights.astype(np.float32) - even, -60, 60).astype(float)
        likely = 1 / (1 + np.exp2(-score))
        slope = BIT * (table.T @ (same - seen * likely).astype(np.float32)).astype(float) - pulls * (
            weights - before
        )
        bend = (seen * likely * (1 - likely) * BIT * BIT).astype(np.float32)
        curve = (table.T @ (table * bend[:, None])).astype(float) + np.diag(pulls)
        step = np.linalg.solve(curve, slope)
        largest = float(np.abs(step).max())
        weights += step * min(1.0, 4.0 / largest) if largest > 0 else 0.0
        if largest < 0.01:
            break
    return weights
