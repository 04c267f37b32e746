"""What everybody has to do: done in time, done late, due today, and for some day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random

from daifuku.activities.demo.plans import own_firms
from daifuku.activities.demo.words import TASKS
from daifuku.customers.demo.house import REPS
from daifuku.customers.demo.stage import Stage, Step, weighted, working_minute
from daifuku.records import actions

PRIORITIES = (("high", 2), ("middle", 4), ("low", 1), ("", 3))


def tasks(random: Random) -> Iterator[Step]:
    for number in range(40):
        key, days = f"task {number}", random.randrange(10, 200)
        do = partial(_enter, key, REPS[number % len(REPS)], 5 - days, Random(key))  # noqa: S311
        yield Step(days, working_minute(random), do, "page")
        yield Step(max(1, days - random.randrange(2, 9)), working_minute(random), partial(_do, key), "phone")
    for word in REPS:
        for due in (-2, 0, 0, 1, 4, 7, None):
            do = partial(_enter, "", word, due, Random(f"{word} {due} {random.random()}"))  # noqa: S311
            yield Step(random.randrange(3, 9), working_minute(random), do, random.choice(("page", "phone")))


def _enter(key: str, word: str, due: int | None, random: Random, stage: Stage) -> None:
    """Mostly for a customer; sometimes the manager or the clerk asks for it."""
    own, person = own_firms(stage, word), stage.people[word]
    subject, text = random.choice(TASKS)
    values = {
        "subject": subject, "text": text, "priority": weighted(random, PRIORITIES), "owner": person,
        "due_on": None if due is None else stage.today + timedelta(days=due),
    }  # fmt: skip
    if own and random.random() < 0.9:
        values["account"] = stage.saved[f"firm{random.choice(own)}.0"]
    by = stage.people["toshiko"] if random.random() < 0.15 else person
    made = actions.create("task", values, by=by)
    if key:
        stage.saved[key] = made


def _do(key: str, stage: Stage) -> None:
    if task := stage.saved.get(key):
        actions.edit(task, {"state": "done"}, by=task.owner)
