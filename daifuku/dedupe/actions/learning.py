"""Learns the weights from what people have decided, where they have decided enough."""

from __future__ import annotations

from dataclasses import replace

from daifuku.dedupe.judging import SHAPE, SHIPPED, thresholds
from daifuku.dedupe.matching.learning import Decided, learn
from daifuku.dedupe.models import Decision, Setup, Way, setup
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.records.actions.settling import held

# So many decisions, and so many of each kind, are needed; the latest are taken.
ENOUGH, OF_EACH, LATEST = 60, 15, 20_000


def decided(way: Way) -> list[Decided]:
    rows = Decision.objects.filter(way=way).order_by("-pk").values_list("facts", "common", "same")[:LATEST]
    return [(tuple(facts), common, same) for facts, common, same in rows]


def enough(rows: list[Decided]) -> bool:
    same = sum(each[2] for each in rows)
    return len(rows) >= ENOUGH and min(same, len(rows) - same) >= OF_EACH


def anything_new() -> bool:
    """Whether somebody has decided something since the weights were learnt, or they are those of another version."""
    chosen = setup()
    if chosen.learn and any(learnt.get("shape") != SHAPE for learnt in chosen.learnt.values()):
        return True
    rows = (
        Decision.objects.all()
        if chosen.learnt_at is None
        else Decision.objects.filter(at__gt=chosen.learnt_at)
    )
    return chosen.learn and rows.exists()


def learn_all() -> None:
    """Every night, where `anything_new`. Where the weights as shipped judge as well, they stay (`kept`)."""
    found = {}
    for way in Way:
        rows = decided(way)
        if enough(rows):
            sure, perhaps = thresholds(way, setup())
            shipped = replace(SHIPPED[way], sure=sure, perhaps=perhaps)
            model = learn(shipped, rows)
            kept = model is shipped
            found[way.value] = {
                "start": model.start, "common": model.common, "weights": {} if kept else dict(model.weights),
                "of": len(rows), "shape": SHAPE, "kept": kept,
            }  # fmt: skip
    with ledger.writing():
        row = held(Setup)
        row.learnt, row.learnt_at = found, moment()
        row.save(update_fields=["learnt", "learnt_at"])
