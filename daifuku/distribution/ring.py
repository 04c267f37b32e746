"""The weighted turn: everybody's number grows by his weight, the highest has the turn and pays for all.

Over as many turns as all weights together each has had exactly his weight, evenly spread, not in a block; whoever is
left out keeps his number, so nobody can save turns by being away. Pure: the caller keeps the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

Ring = dict[int, int]


def advance(ring: Ring, weights: Mapping[int, int]) -> int:
    """Whose turn it is among those in `weights`; moves the ring on by one."""
    whole = sum(weights.values())
    for person, weight in weights.items():
        ring[person] = ring.get(person, 0) + weight
    chosen = min(weights, key=lambda person: (-ring[person], person))
    ring[chosen] -= whole
    return chosen


def to_the_end(ring: Ring, person: int) -> None:
    """Whoever comes back stands behind all others."""
    ring[person] = min([*ring.values(), 0]) - 1 if ring else 0


def read(kept: Mapping[str, int]) -> Ring:
    return {int(key): value for key, value in kept.items()}


def written(ring: Ring) -> dict[str, int]:
    return {str(key): value for key, value in sorted(ring.items())}
