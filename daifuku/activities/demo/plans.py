"""What is planned: carried out, put off, called off, lying without a result, and ahead of everybody from today on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from daifuku.activities.actions import cancel, finish, postpone
from daifuku.activities.demo.words import PLANS, REASONS, TALKS
from daifuku.customers.demo import customers
from daifuku.customers.demo.house import REPS
from daifuku.customers.demo.stage import TOKYO, Stage, Step, working_minute
from daifuku.records import actions

HOURS = (10, 13, 15)


def plans(random: Random) -> Iterator[Step]:
    for number in range(24):
        yield from _past(random, f"past plan {number}", REPS[number % len(REPS)])
    for word in REPS[:3]:
        moved = f"moved plan of {word}"
        yield Step(13, working_minute(random), partial(_plan, moved, word, 1, 13, Random(moved)), "page")  # noqa: S311
        yield Step(2, working_minute(random), partial(_put_off_only, moved, Random(moved)), "phone")  # noqa: S311
    for word in REPS:
        for away in (-4, -1, 0, 0, 0, 1, 2, 3, 5, 9):
            hour = HOURS[random.randrange(3)] if away else HOURS[random.randrange(3) - 1]
            do = partial(_plan, "", word, away, hour, Random(random.random()))  # noqa: S311
            yield Step(random.randrange(5, 12), working_minute(random), do, "page")


def _past(random: Random, key: str, word: str) -> Iterator[Step]:
    """Made a week before, and dealt with on its day."""
    days = random.randrange(8, 300)
    yield Step(days + 7, working_minute(random), partial(_plan, key, word, -days, 10, Random(key)), "page")  # noqa: S311
    deal = random.choice((_carry_out, _carry_out, _carry_out, _put_off, _call_off))
    yield Step(days, 11 * 60 + 30, partial(deal, key, Random(random.random())), "phone")  # noqa: S311


def _plan(key: str, word: str, away: int, hour: int, random: Random, stage: Stage) -> None:
    """At a firm that this person is in charge of; on a working day."""
    own = own_firms(stage, word)
    if not own:
        return
    number = random.choice(own)
    people = stage.saved[f"firm{number}.people"]
    method, subject, place, text = random.choice(PLANS)
    start = datetime.combine(_working(stage.today + timedelta(days=away), away), time(hour, 0), TOKYO)
    values = {
        "account": stage.saved[f"firm{number}.0"], "contact": random.choice(people) if people else None,
        "method": method, "subject": subject, "place": place, "text": text, "started_at": start,
        "ended_at": start + timedelta(minutes=15 if method == "phone" else 60), "owner": stage.people[word],
    }  # fmt: skip
    made = actions.create("plan", values, by=stage.people[word])
    if key:
        stage.saved[key] = made


def _working(day: Any, away: int) -> Any:
    while away and day.weekday() >= 5:
        day += timedelta(days=1 if away > 0 else -1)
    return day


def own_firms(stage: Stage, word: str) -> list[int]:
    heads = ((number, stage.saved.get(f"firm{number}.0")) for number in range(customers.FIRMS))
    return [number for number, head in heads if head is not None and head.owner_id == stage.people[word].pk]


def _carry_out(key: str, random: Random, stage: Stage) -> None:
    if plan := stage.saved.get(key):
        _method, content, _direction, _subject, text, step = random.choice(TALKS)
        start = min(plan.started_at, stage.now - timedelta(minutes=30))
        values = {"content": content, "text": text, "next_step": step, "started_at": start, "minutes": 30}
        finish(plan, values, by=plan.owner)


def _put_off(key: str, random: Random, stage: Stage) -> None:
    if plan := stage.saved.get(key):
        moved = postpone(plan, plan.started_at + timedelta(days=7), random.choice(REASONS), by=plan.owner)
        cancel(moved, "ほかの件でお会いできたため", by=plan.owner)


def _put_off_only(key: str, random: Random, stage: Stage) -> None:
    if plan := stage.saved.get(key):
        postpone(plan, plan.started_at + timedelta(days=3), random.choice(REASONS), by=plan.owner)


def _call_off(key: str, random: Random, stage: Stage) -> None:
    if plan := stage.saved.get(key):
        cancel(plan, random.choice(REASONS), by=plan.owner)
