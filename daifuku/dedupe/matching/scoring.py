"""What the facts of a pair count, together and one by one, and what follows: sure, perhaps, no.

The score is a sum of weights in bits: a start for any two records, a weight for each fact, and for a name that many
have as many bits less as tell them apart (log2 of how many). So it explains itself, and stays right as the ledger
grows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

from daifuku.dedupe.matching.comparing import Facts

SURE, PERHAPS, NO = "sure", "perhaps", "no"
START, COMMON = "start:", "common:"


@dataclass(frozen=True)
class Line:
    """One reason: what was compared, how it came out, what it counted."""

    fact: str
    weight: float
    count: int = 0


@dataclass(frozen=True)
class Model:
    """`named` are the facts after which a common name counts less."""

    start: float
    weights: Mapping[str, float]
    named: frozenset[str]
    sure: float
    perhaps: float
    common: float = 1.0

    def score(self, facts: Facts, common: int = 1) -> float:
        """How likely the two are one, in bits."""
        total, weights = self.start, self.weights
        for fact in facts:
            total += weights.get(fact, 0.0)
        if common > 1 and not self.named.isdisjoint(facts):
            total -= self.common * log2(common)
        return total

    def verdict(self, score: float) -> str:
        return SURE if score >= self.sure else PERHAPS if score >= self.perhaps else NO

    def explain(self, facts: Facts, common: int = 1) -> list[Line]:
        """The lines whose weights add up to the score; the heaviest first."""
        lines = [Line(fact, self.weights.get(fact, 0.0)) for fact in facts]
        if common > 1 and not self.named.isdisjoint(facts):
            lines.append(Line(COMMON, -self.common * log2(common), common))
        lines.sort(key=lambda line: -abs(line.weight))
        return [*lines, Line(START, self.start)]


def likelihood(score: float) -> float:
    """From 0 to 1."""
    return 1 / (1 + 2 ** -max(-60.0, min(60.0, score)))
