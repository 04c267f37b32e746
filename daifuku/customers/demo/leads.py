"""Two hundred people who asked for a catalogue, telephoned, came to a fair or gave their card."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Any

from daifuku.customers.demo.firms import OWNERS, corporate_number
from daifuku.customers.demo.places import TOWNS
from daifuku.customers.demo.stage import Stage, Step, weighted, working_minute
from daifuku.customers.demo.words import (
    EVENTS,
    FAMILIES,
    FIRST,
    FORMS,
    GIVEN,
    INTERESTS,
    POSTS,
    SECOND,
    TRADES,
)
from daifuku.records import actions

LEADS = 200
SOURCES = (
    ("web", 6),
    ("brochure", 5),
    ("phone", 4),
    ("exhibition", 5),
    ("seminar", 3),
    ("card", 4),
    ("introduction", 2),
)
FATES = (("working", 5), ("qualified", 3), ("nurturing", 3), ("unqualified", 3), ("", 3))
RATINGS = (("hot", 2), ("warm", 4), ("cold", 3), ("", 2))


def leads(random: Random) -> Iterator[Step]:
    for number in range(LEADS):
        days = random.randrange(1, 540) if number > 12 else random.randrange(1, 6)
        key, values = f"lead{number}", _invent(random, number)
        queue = number % 9 == 0
        owner = weighted(random, OWNERS)
        yield Step(days, working_minute(random), partial(_enter, key, values, owner, queue), "page")
        fate = weighted(random, FATES)
        if fate and not queue and days > 5:
            later = random.randrange(max(1, days - 60), days - 3)
            changes = {"status": fate, "rating": weighted(random, RATINGS)}
            yield Step(later, working_minute(random), partial(_edit, key, changes, owner), "phone")


def _enter(key: str, values: dict[str, Any], owner: str, queue: bool, stage: Stage) -> None:
    """The marketer takes them in; some wait in the queue of a section for somebody to take them up."""
    keeper = {"team": stage.teams["sales1"]} if queue else {"owner": stage.people[owner]}
    values = {**values, "first_contact_on": stage.now.date(), **keeper}
    stage.saved[key] = actions.create("lead", values, by=stage.people["sakura"])


def _edit(key: str, changes: dict[str, Any], owner: str, stage: Stage) -> None:
    stage.saved[key] = actions.edit(stage.saved[key], changes, by=stage.people[owner])


def _invent(random: Random, number: int) -> dict[str, Any]:
    (family, family_kana), (given, given_kana) = random.choice(FAMILIES), random.choice(GIVEN)
    town, source = random.choice(TOWNS), weighted(random, SOURCES)
    values: dict[str, Any] = {
        "family_name": family, "given_name": given, "family_kana": family_kana, "given_kana": given_kana,
        "source": source, "status": "new", "rating": weighted(random, RATINGS), "interest": random.choice(INTERESTS),
        "prefecture": town.prefecture, "city": town.city, "postal_code": town.postal_code, "street": town.town,
        "phone": town.phone(7000 + number),
    }  # fmt: skip
    if random.random() < 0.8:
        values["email"] = f"lead{number}@example.jp"
    if source in {"exhibition", "seminar"}:
        values["note"] = f"{random.choice(EVENTS)}で名刺交換"
    if random.random() < 0.12:
        return values | {"private": True}
    department, title, _role, _influence = random.choice(POSTS)
    if number % 4 == 0:
        values["corporate_number"] = corporate_number(1000 + number)
    return values | _company(random) | {"department": department, "title": title}


def _company(random: Random) -> dict[str, Any]:
    """Other syllables together than those of the accounts, mostly."""
    (written, read), (written2, read2) = random.choice(FIRST), random.choice(FIRST[:20])
    word, reading, industry, *_rest = random.choice(TRADES)
    if written == written2:
        written2, read2 = random.choice(SECOND)
    return {
        "company": weighted(random, FORMS).format(written + written2 + word), "company_kana": read + read2 + reading,
        "industry": industry, "employees": random.randrange(3, 300),
    }  # fmt: skip
