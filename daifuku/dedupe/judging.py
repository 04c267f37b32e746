"""The firm's own judgement: the weights as shipped or as learnt, with its thresholds and what it does not compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from daifuku.dedupe.matching.comparing import Facts, compare_firms, compare_people
from daifuku.dedupe.matching.scoring import Model
from daifuku.dedupe.matching.weights import FIRMS, PEOPLE
from daifuku.dedupe.models import Setup, Way

COMPARE: dict[Way, Callable[[Any, Any], Facts]] = {Way.FIRM: compare_firms, Way.PERSON: compare_people}
# What is not compared with the other is not compared either.
PART_OF = {"fax": "phone", "former": "mail", "work": "mail"}
# Weights learnt for the facts of another version are not taken: the next night learns them anew.
SHAPE = 3
SHIPPED: dict[Way, Model] = {Way.FIRM: FIRMS, Way.PERSON: PEOPLE}


def _fields(name: str) -> Iterator[str]:
    """Of which fields a weight tells: of one, or of two that stand together."""
    fields = (part.partition(":")[0] for part in name.split("+"))
    return (PART_OF.get(field, field) for field in fields)


def model_of(way: Way, chosen: Setup) -> Model:
    """With which weights and thresholds two are judged."""
    learnt = chosen.learnt.get(way)
    if not (chosen.learn and learnt and learnt.get("shape") == SHAPE):
        learnt = {"start": SHIPPED[way].start, "common": SHIPPED[way].common, "weights": {}}
    left_out = {each.partition(".")[2] for each in chosen.left_out if each.startswith(f"{way}.")}
    if not chosen.offices_apart:
        left_out |= {"office"}
    sure, perhaps = thresholds(way, chosen)
    weights = tuple(learnt["weights"].items())
    return _model(way, learnt["start"], learnt["common"], weights, frozenset(left_out), sure, perhaps)


def thresholds(way: Way, chosen: Setup) -> tuple[float, float]:
    """From where two are sure to be one, and from where they are candidates."""
    if way == Way.FIRM:
        return chosen.firm_sure, chosen.firm_perhaps
    return chosen.person_sure, chosen.person_perhaps


# Whoever asks next has the same settings, mostly, and finds the sums that were worked out before him.
@lru_cache(8)
def _model(
    way: Way, start: float, common: float, learnt: tuple[tuple[str, float], ...], left_out: frozenset[str], sure: float,
    perhaps: float,
) -> Model:  # fmt: skip
    every = {**SHIPPED[way].weights, **dict(learnt)}
    weights = {name: weight for name, weight in every.items() if left_out.isdisjoint(_fields(name))}
    return replace(SHIPPED[way], start=start, common=common, weights=weights, sure=sure, perhaps=perhaps)
