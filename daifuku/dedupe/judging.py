"""The firm's own judgement: the weights as shipped or as learnt, with its thresholds and what it does not compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from daifuku.dedupe.matching.comparing import Facts, compare_firms, compare_people
from daifuku.dedupe.matching.scoring import Model
from daifuku.dedupe.matching.weights import FIRMS, PEOPLE
from daifuku.dedupe.models import Setup, Way

COMPARE: dict[Way, Callable[[Any, Any], Facts]] = {Way.FIRM: compare_firms, Way.PERSON: compare_people}
# What is not compared with the other is not compared either.
PART_OF = {"fax": "phone", "former": "mail"}
# Weights learnt for the facts of another version are not taken: the next night learns them anew.
SHAPE = 2
SHIPPED: dict[Way, Model] = {Way.FIRM: FIRMS, Way.PERSON: PEOPLE}


def _fields(name: str) -> Iterator[str]:
    """Of which fields a weight tells: of one, or of two that stand together."""
    fields = (part.partition(":")[0] for part in name.split("+"))
    return (PART_OF.get(field, field) for field in fields)


def model_of(way: Way, chosen: Setup) -> Model:
    """With which weights and thresholds two are judged."""
    model = SHIPPED[way]
    learnt = chosen.learnt.get(way)
    if chosen.learn and learnt and learnt.get("shape") == SHAPE:
        weights = {**model.weights, **learnt["weights"]}
        model = replace(model, start=learnt["start"], common=learnt["common"], weights=weights)
    left_out = {each.partition(".")[2] for each in chosen.left_out if each.startswith(f"{way}.")}
    if not chosen.offices_apart:
        left_out |= {"office"}
    weights = {name: weight for name, weight in model.weights.items() if left_out.isdisjoint(_fields(name))}
    sure, perhaps = (
        (chosen.firm_sure, chosen.firm_perhaps)
        if way == Way.FIRM
        else (chosen.person_sure, chosen.person_perhaps)
    )
    return replace(model, weights=weights, sure=sure, perhaps=perhaps)
