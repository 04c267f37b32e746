"""Puts pairs together into groups, and says how well they fit the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence

# No single pair counts more than so many bits for or against.
MOST, ASKED = 12.0, 12


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


class Joined:
    """Groups grown from the likeliest pair on: one more joins where it fits all who are there, not only one of them.

    So no weak link makes one of two groups that contradict each other.
    """

    def __init__(self, score: Callable[[int, int], float], least: float) -> None:
        self.score, self.least = score, least
        self._groups: dict[int, list[int]] = {}

    def join(self, one: int, other: int) -> bool:
        """Whether the two are in one group now; called for all pairs, the likeliest first."""
        mine, theirs = self._groups.get(one, [one]), self._groups.get(other, [other])
        if mine is theirs:
            return True
        if len(mine) + len(theirs) > 2 and not self._fit(mine, theirs):
            return False
        mine = mine + theirs
        for each in mine:
            self._groups[each] = mine
        return True

    def _fit(self, mine: list[int], theirs: list[int]) -> bool:
        """The mean of so many pairs at most is enough."""
        mine, theirs = mine[:ASKED], theirs[:ASKED]
        total = sum(max(-MOST, min(MOST, self.score(one, other))) for one in mine for other in theirs)
        return total / (len(mine) * len(theirs)) >= self.least


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
