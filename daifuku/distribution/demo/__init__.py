"""シャチホコ商事 distributes its leads: rules, a queue, the president's cards; 熱田 enters too little, gets none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from daifuku.customers.demo.house import REPS
from daifuku.customers.demo.places import TOWNS
from daifuku.customers.demo.stage import Stage, Step
from daifuku.customers.demo.words import FAMILIES, FIRST, GIVEN, INTERESTS, SECOND, TRADES
from daifuku.distribution.actions import add_rule, edit_setup, keep_taker
from daifuku.distribution.judging import judge_all
from daifuku.distribution.models import Setup, Taker
from daifuku.distribution.sweeping import take_new
from daifuku.ledger import writing as ledger
from daifuku.records import actions
from daifuku.records.actions import members
from daifuku.records.actions.settling import held

DAYS = 20
WEIGHTS = {"ryo": 2, "chinatsu": 2}


def distribution(random: Random) -> Iterator[Step]:
    yield Step(DAYS + 2, 9 * 60, _settle, "page")
    for number in range(26):
        days = DAYS - number * DAYS // 26
        values = _invent(Random(f"distribution {number}"), number)  # noqa: S311
        giver = "katsugoro" if number % 5 == 0 else "toshiko"
        yield Step(days, 10 * 60 + number % 6 * 60 + number, partial(_enter, values, giver), "page")
    yield Step(0, 2, _look, "system")


def _settle(stage: Stage) -> None:
    by, teams = stage.people["makoto"], stage.teams
    for word in REPS:
        began = stage.today - timedelta(days=400)
        keep_taker(stage.people[word], {"weight": WEIGHTS.get(word, 1), "grace_from": began}, by=by)
    givers = [stage.people["katsugoro"].pk, stage.people["toshiko"].pk]
    edit_setup({"on": True, "queue_team": teams["sales1"].pk, "givers": givers}, by=by)
    tokyo = {
        "any": [
            {"field": "prefecture", "op": "is", "value": name} for name in ("東京都", "神奈川県", "埼玉県")
        ]
    }
    crew = [stage.people["daisuke"].pk, stage.people["yui"].pk]
    add_rule({"name": "関東は東京営業所", "condition": tokyo, "people": crew}, by=by)
    fair = {"all": [{"field": "source", "op": "any_of", "value": ["exhibition"]}]}
    hand = {
        "name": "展示会は営業二課で引き受ける",
        "condition": fair,
        "target": "team",
        "team": teams["sales2"].pk,
    }
    add_rule(hand, by=by)


def _enter(values: dict[str, Any], giver: str, stage: Stage) -> None:
    """The clerk takes an enquiry by telephone, the president hands in a card; seconds later somebody has it."""
    by = stage.people[giver]
    lead = actions.create("lead", {**values, "first_contact_on": stage.now.date()}, by=by)
    with ledger.writing():
        judge_all(held(Setup), list(Taker.objects.select_related("person")), stage.now)
    take_new()
    lead.refresh_from_db()
    if values["source"] == "web" and lead.owner is not None:
        others = [stage.people[word] for word in ("toshiko", "katsumi") if stage.people[word] != lead.owner]
        members.put_member(
            lead, others[0], "clerk" if others[0].pk == stage.people["toshiko"].pk else "second", by=by
        )


def _look(stage: Stage) -> None:
    with ledger.writing():
        judge_all(held(Setup), list(Taker.objects.select_related("person")), stage.now)


def _invent(random: Random, number: int) -> dict[str, Any]:
    (family, family_kana), (given, given_kana) = random.choice(FAMILIES), random.choice(GIVEN)
    (written, read), (written2, read2) = random.choice(FIRST), random.choice(SECOND)
    word, reading, industry, *_rest = random.choice(TRADES)
    town = random.choice(TOWNS)
    source = "card" if number % 5 == 0 else ("phone", "web", "exhibition")[number % 3]
    return {
        "family_name": family, "given_name": given, "family_kana": family_kana, "given_kana": given_kana,
        "company": f"株式会社{written}{written2}{word}", "company_kana": read + read2 + reading, "industry": industry,
        "source": source, "status": "new", "interest": random.choice(INTERESTS),
        "prefecture": town.prefecture, "city": town.city, "postal_code": town.postal_code, "street": town.town,
        "phone": town.phone(8000 + number), "email": f"toiawase{number}@new{number}.example.jp",
    }  # fmt: skip
