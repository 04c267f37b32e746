"""The firm's own judgement: the weights as shipped or as learnt, with its thresholds and what it does not compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from daifuku.dedupe.matching.comparing import Facts, compare_firms, compare_people
from daifuku.dedupe.matching.scoring import Model
from daifuku.dedupe.matching.weights import FIRMS, PEOPLE
from daifuku.dedupe.models import Setup, Way

COMPARE: dict[Way, Callable[[Any, Any], Facts]] = {Way.FIRM: compare_firms, Way.PERSON: compare_people}
SHIPPED: dict[Way, Model] = {Way.FIRM: FIRMS, Way.PERSON: PEOPLE}


def model_of(way: Way, chosen: Setup) -> Model:
    """With which weights and thresholds two are judged."""
    model = SHIPPED[way]
    if chosen.learn and (learnt := chosen.learnt.get(way)):
        weights = {**model.weights, **learnt["weights"]}
        model = replace(model, start=learnt["start"], common=learnt["common"], weights=weights)
    left_out = {each.partition(".")[2] for each in chosen.left_out if each.startswith(f"{way}.")}
    weights = {
        fact: 0.0 if fact.partition(":")[0] in left_out else weight for fact, weight in model.weights.items()
    }
    if not chosen.offices_apart:
        weights |= {"office:differ": 0.0, "office:one": 0.0}
    sure, perhaps = (
        (chosen.firm_sure, chosen.firm_perhaps)
        if way == Way.FIRM
        else (chosen.person_sure, chosen.person_perhaps)
    )
    return replace(model, weights=weights, sure=sure, perhaps=perhaps)
