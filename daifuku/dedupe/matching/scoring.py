"""What the facts of a pair count, together and one by one, and what follows: sure, perhaps, no.

The score is a sum of weights in bits: a start for any two records, a weight for each fact, a weight for each two
facts that stand together (the same name counts less beside another number), and for a name that n have `log2(n)` times
so many bits less as the facts beside it leave open. So it explains itself: what two facts count together is told half
with each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import log2

from daifuku.dedupe.matching.comparing import Facts

SURE, PERHAPS, NO = "sure", "perhaps", "no"
START, COMMON = "start:", "common:"
REMEMBERED = 50_000


def together(one: str, other: str) -> str:
    """As the weight of two facts is called."""
    return f"{one}+{other}" if one < other else f"{other}+{one}"


def beside(fact: str) -> str:
    """As that is called by which a common name counts more or less beside this fact."""
    return f"{COMMON}+{fact}"


@dataclass(frozen=True)
class Line:
    """One reason: what was compared, how it came out, what it counted."""

    fact: str
    weight: float
    count: int = 0


@dataclass(frozen=True)
class Model:
    """`named` are the facts after which a common name counts less; at the score `even` one is as likely as two.
    `settled` are facts that set two apart whatever agrees: no example with one of them is learnt from."""

    start: float
    weights: Mapping[str, float]
    named: frozenset[str]
    sure: float
    perhaps: float
    common: float = 1.0
    even: float = 0.0
    settled: frozenset[str] = frozenset()
    _sums: dict[Facts, tuple[float, float]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def score(self, facts: Facts, common: int = 1) -> float:
        """How likely the two are one, in bits."""
        found = self._sums.get(facts)
        if found is None:
            if len(self._sums) >= REMEMBERED:
                self._sums.clear()
            found = self._sums[facts] = (self.start + sum(self._counted(facts).values()), self._slope(facts))
        total, slope = found
        return total - slope * log2(common) if common > 1 and slope else total

    def _counted(self, facts: Facts) -> dict[str, float]:
        """What each counts; what two count together is halved between them."""
        weights = self.weights
        counted = {fact: weights.get(fact, 0.0) for fact in facts}
        for one, other in combinations(facts, 2):
            half = weights.get(together(one, other), 0.0) / 2
            counted[one] += half
            counted[other] += half
        return counted

    def _slope(self, facts: Facts) -> float:
        if self.named.isdisjoint(facts):
            return 0.0
        return max(0.0, self.common + sum(self.weights.get(beside(fact), 0.0) for fact in facts))

    def verdict(self, score: float) -> str:
        return SURE if score >= self.sure else PERHAPS if score >= self.perhaps else NO

    def likely(self, score: float) -> float:
        """From 0 to 1."""
        return likelihood(score - self.even)

    def explain(self, facts: Facts, common: int = 1) -> list[Line]:
        """The lines whose weights add up to the score; the heaviest first."""
        lines = [Line(fact, weight) for fact, weight in self._counted(facts).items()]
        slope = self._slope(facts)
        if common > 1 and slope:
            lines.append(Line(COMMON, -slope * log2(common), common))
        lines.sort(key=lambda line: -abs(line.weight))
        return [*lines, Line(START, self.start)]


def likelihood(score: float) -> float:
    """From 0 to 1, of a score at whose 0 both are as likely."""
    return 1 / (1 + 2 ** -max(-60.0, min(60.0, score)))
