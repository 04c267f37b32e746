"""Puts pairs together into groups, and says how well they fit the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence


class Groups:
    """Who is one with whom, by pairs."""

    def __init__(self, count: int) -> None:
        self._leads = list(range(count))

    def leader(self, place: int) -> int:
        leads = self._leads
        while leads[place] != place:
            leads[place] = leads[leads[place]]
            place = leads[place]
        return place

    def join(self, one: int, other: int) -> None:
        first, second = self.leader(one), self.leader(other)
        if first != second:
            self._leads[max(first, second)] = min(first, second)


def agreement(
    count: int, pairs: Iterable[tuple[int, int]], truth: Sequence[Hashable]
) -> tuple[float, float, float]:
    """Precision, recall and F1 over all pairs within groups, of groups made of these pairs."""
    groups = Groups(count)
    for one, other in pairs:
        groups.join(one, other)
    leads = [groups.leader(place) for place in range(count)]
    both = _pairs(Counter(zip(leads, truth, strict=True)))
    found, true = _pairs(Counter(leads)), _pairs(Counter(truth))
    precision, recall = both / found if found else 1.0, both / true if true else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0


def _pairs(sizes: Counter[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
