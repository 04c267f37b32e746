"""Name cards with truth: invents, prints and photographs them. Nothing here knows the reader.

DEVELOPMENT seeds may be looked at and learned from; HELD_OUT is only ever measured (docs/dev/cards.md).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from daifuku.cli.bench.cards.invented import DEVELOPMENT, HELD_OUT, Card, invent
from daifuku.cli.bench.cards.layouts import RATES, WHOLLY_VERTICAL, print_card
from daifuku.cli.bench.cards.spoiling import CONDITIONS, spoil


@dataclass(frozen=True)
class Sample:
    """One picture of one card, and what should be read from it."""

    number: int
    layout: str
    condition: str
    truth: dict[str, str]
    data: bytes


def samples(seed: int, count: int) -> Iterator[Sample]:
    """The first `count` cards of a seed, always the same."""
    for number in range(count):
        yield sample(seed, number)


def sample(seed: int, number: int, layout: str = "", condition: str = "") -> Sample:
    plan = random.Random(f"{seed}:{number}")  # noqa: S311 - nothing secret
    layout = layout or plan.choices(list(RATES), list(RATES.values()))[0]
    condition = condition or plan.choices(list(CONDITIONS), list(CONDITIONS.values()))[0]
    for attempt in range(100):
        card = invent(seed, number, layout in WHOLLY_VERTICAL, attempt)
        paper = print_card(card, layout)
        if paper.fits:
            break
    return Sample(number, layout, condition, card.truth, spoil(paper.picture, condition, card.chance))


__all__ = ["DEVELOPMENT", "HELD_OUT", "Card", "Sample", "sample", "samples"]
