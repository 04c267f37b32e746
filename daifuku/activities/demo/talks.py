"""Calls, mails and visits of two years, written down a little later; the clerk takes calls for the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from daifuku.activities.demo.words import LEAD_TALKS, TALKS
from daifuku.customers.demo import customers, leads
from daifuku.customers.demo.stage import YEARS, Stage, Step, working_minute
from daifuku.records import actions

CLERK = "toshiko"


def talks(random: Random) -> Iterator[Step]:
    """More with some firms than with others, and more of late."""
    for number in range(customers.FIRMS):
        for _ in range(random.choice((0, 1, 2, 3, 4, 6, 9))):
            days = random.randrange(1, 60) if random.random() < 0.3 else random.randrange(1, YEARS)
            do = partial(_talk, number, Random(random.random()))  # noqa: S311
            yield Step(days, working_minute(random), do, _door(random))
    for number in range(leads.LEADS):
        if random.random() < 0.5:
            days = random.randrange(1, 200)
            yield Step(
                days, working_minute(random), partial(_lead_talk, number, random.choice(LEAD_TALKS)), "page"
            )


def _door(random: Random) -> str:
    return "phone" if random.random() < 0.6 else "page"


def _talk(number: int, random: Random, stage: Stage) -> None:
    """Nothing with a firm that is not in the ledger yet."""
    head = stage.saved.get(f"firm{number}.0")
    if head is None:
        return
    told = random.choice(TALKS)
    people = stage.saved[f"firm{number}.people"]
    contact = random.choice(people) if people and random.random() < 0.8 else None
    taken = told[0] == "phone" and told[2] == "in" and random.random() < 0.3
    by = stage.people[CLERK] if taken else head.owner
    length = {"phone": 6, "visit": 55, "online": 45}.get(told[0], 10) + random.randrange(0, 15)
    began = stage.now - timedelta(minutes=length + random.choice((2, 5, 10, 20, 60)))
    values = {
        "account": head,
        "contact": contact,
        "owner": head.owner,
        "started_at": began,
        "minutes": length,
    }
    actions.create("talk", values | _said(told), by=by)


def _lead_talk(number: int, told: tuple[str, ...], stage: Stage) -> None:
    lead = stage.saved.get(f"lead{number}")
    if lead is None or lead.owner is None:
        return
    values = {"lead": lead, "owner": lead.owner, "started_at": stage.now - timedelta(minutes=30)}
    actions.create("talk", values | _said(told), by=lead.owner)


def _said(told: tuple[str, ...]) -> dict[str, Any]:
    return dict(zip(("method", "content", "direction", "subject", "text", "next_step"), told, strict=True))
