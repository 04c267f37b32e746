"""Learns the weights from pairs that people have decided: a logistic regression over the same facts.

The learnt score is the same kind of sum as the one by hand, so it explains itself in the same way. What was never seen
keeps the weight given by hand, and with few decisions every weight stays near it (the penalty pulls towards it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log2, sqrt
from random import Random

from daifuku.dedupe.matching.comparing import Facts
from daifuku.dedupe.matching.scoring import Model, likelihood

Decided = tuple[Facts, int, bool]
ROUNDS, PULL = 40, 2.0


def learn(model: Model, decided: Sequence[Decided], *, rounds: int = ROUNDS) -> Model:
    """A model with weights that fit (facts, how common the name, the same or not); by AdaGrad, the same every time."""
    start, common, weights = model.start, model.common, dict(model.weights)
    begun = dict(weights)
    squares: dict[str, float] = {}
    order, shuffled = list(range(len(decided))), Random(0)  # noqa: S311 - the same every time
    pull = PULL / max(1, len(decided))

    def step(key: str, gradient: float) -> float:
        square = squares[key] = squares.get(key, 1e-4) + gradient * gradient
        return gradient / sqrt(square)

    for _round in range(rounds):
        shuffled.shuffle(order)
        for at in order:
            facts, count, same = decided[at]
            named = count > 1 and not model.named.isdisjoint(facts)
            total = (
                start
                + sum(weights.get(fact, 0.0) for fact in facts)
                - (common * log2(count) if named else 0.0)
            )
            error = (1.0 if same else 0.0) - likelihood(total)
            start += step("", error)
            if named:
                common += step("common:", -error * log2(count))
            for fact in facts:
                weight = weights.get(fact, 0.0)
                weights[fact] = weight + step(fact, error - pull * (weight - begun.get(fact, 0.0)))
    return replace(model, start=start, common=common, weights=weights)
