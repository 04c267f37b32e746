"""What シャチホコ商事 is about to sell: deals in every stage, some won and paid, some lost, some left alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from daifuku.customers.demo import customers
from daifuku.customers.demo.stage import Stage, Step, weighted, working_minute
from daifuku.customers.objects.choices import LEAD_SOURCES
from daifuku.deals import processes, ways
from daifuku.deals.actions import lose, move
from daifuku.deals.actions.people import put_person, put_rival
from daifuku.deals.demo.words import LOST, NEXT, NOTES, PRODUCTS, REACTIONS, RIVALS
from daifuku.deals.models import Deal
from daifuku.records import actions

DEALS = 150
ENDS = (("running", 5), ("won", 2), ("paid", 3), ("lost", 3))


def deals(random: Random) -> Iterator[Step]:
    """Two years of them; those that still run are of the last three months."""
    for number in range(DEALS):
        end, key = weighted(random, ENDS), f"deal{number}"
        far = {"running": random.randrange(0, 5), "won": 5, "paid": 6, "lost": random.randrange(1, 4)}[end]
        began = 2 + far * random.randrange(3, 9) + random.randrange(0, 6)
        began += 0 if end == "running" else random.randrange(90, 540)
        begin = partial(_begin, key, random.randrange(customers.FIRMS), Random(f"{key} begins"))  # noqa: S311
        yield Step(began, working_minute(random), begin, "page")
        yield from _way(random, key, end, began, far)


def _way(random: Random, key: str, end: str, began: int, far: int) -> Iterator[Step]:
    """Stage by stage every few days, with a look at what comes next."""
    path = [stage.key for stage in processes.read().usual.way][1:]
    day = began
    for stage in path[:far]:
        day -= random.randrange(2, 8)
        if day < 1:
            return
        yield Step(day, working_minute(random), partial(_on, key, stage, Random(f"{key} {stage}")), "page")  # noqa: S311
    if end == "running" and random.random() < 0.7:
        away = random.choice((-6, -2, 1, 2, 3, 5, 8))
        yield Step(
            random.randrange(0, max(1, min(day, 5))) + 1,
            working_minute(random),
            partial(_plan, key, away),
            "page",
        )
    if end == "lost" and day > 3:
        yield Step(day - 2, working_minute(random), partial(_lose, key, Random(f"{key} lost")), "page")  # noqa: S311


def _begin(key: str, number: int, random: Random, stage: Stage) -> None:
    head = stage.saved.get(f"firm{number}.0")
    if head is None or head.owner is None:
        return
    people = stage.saved.get(f"firm{number}.people") or []
    product, low, high = random.choice(PRODUCTS)
    values: dict[str, Any] = {
        "name": f"{head.name} {product}", "account": head, "owner": head.owner, "product": product,
        "amount": random.randrange(low, high) * 10_000, "source": random.choice(LEAD_SOURCES).key,
        "close_on": stage.now.date() + timedelta(days=random.randrange(30, 90)),
        "contact": random.choice(people) if people else None, "note": random.choice(NOTES),
    }  # fmt: skip
    deal = stage.saved[key] = actions.create("deal", values, by=head.owner)
    for contact, role, stance in zip(people[:2], ("decider", "window"), ("neutral", "for"), strict=False):
        if random.random() < 0.6:
            put_person(deal, contact, {"role": role, "stance": stance, "influence": "high"}, by=head.owner)
    if random.random() < 0.3:
        name, strengths, weaknesses = random.choice(RIVALS)
        put_rival(
            deal, name, {"standing": "even", "strengths": strengths, "weaknesses": weaknesses}, by=head.owner
        )


def _on(key: str, wanted: str, random: Random, stage: Stage) -> None:
    deal = _deal(stage, key)
    ahead = processes.stage(wanted)
    if (
        deal is None
        or not deal.is_running
        or ahead is None
        or ahead.place <= processes.book().stages[deal.stage].place
    ):
        return
    values: dict[str, Any] = {}
    if deal.contact_id is None and wanted in {"visit", "quote", "order", "delivery", "payment"}:
        return
    if wanted == "quote" and random.random() < 0.4:
        values["close_on"] = (deal.close_on or stage.today) + timedelta(days=21)
    # Their papers were written elsewhere, before there were orders here.
    with ways.carried():
        stage.saved[key] = move(deal, wanted, by=deal.owner, reason=random.choice(REACTIONS), values=values)


def _plan(key: str, away: int, stage: Stage) -> None:
    deal = _deal(stage, key)
    if deal is not None and deal.is_running:
        day = stage.today + timedelta(days=away)
        step = NEXT[(deal.pk or 0) % len(NEXT)]
        stage.saved[key] = actions.edit(deal, {"next_step": step, "next_on": day}, by=deal.owner)


def _lose(key: str, random: Random, stage: Stage) -> None:
    deal = _deal(stage, key)
    if deal is not None and deal.state == "open":
        reason, note = random.choice(LOST)
        values = {
            "lost_reason": reason, "lost_note": note,
            "competitor": random.choice(RIVALS)[0] if reason == "price" else "",
            "ask_again_on": stage.today + timedelta(days=random.choice((-20, -3, 30, 90, 180))),
        }  # fmt: skip
        stage.saved[key] = lose(deal, values, by=deal.owner)


def _deal(stage: Stage, key: str) -> Any:
    """As it stands: an order may have won it meanwhile."""
    kept = stage.saved.get(key)
    return Deal.plain.select_related("owner").get(pk=kept.pk) if kept is not None else None
