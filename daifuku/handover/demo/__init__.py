"""千種 実 has left シャチホコ商事: his customers went to two colleagues, one by one received; 有松 goes on leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from daifuku.activities.demo.words import TALKS
from daifuku.customers.demo import house
from daifuku.customers.demo.house import Member
from daifuku.customers.demo.places import TOWNS
from daifuku.customers.demo.stage import Stage, Step
from daifuku.customers.demo.words import FAMILIES, GIVEN
from daifuku.handover.actions import acknowledge, arrange, write_note
from daifuku.handover.actions.carrying_out import carry_out_at_once
from daifuku.handover.demo.words import FIRMS, NOTES, PLANS, TASKS
from daifuku.handover.models import Handover, Item
from daifuku.records import actions
from daifuku.staff.actions.leaving import leave
from daifuku.staff.models import Role

LEAVER = Member("minoru", "rep", "千種", "実", ("チグサ", "ミノル"), "sales1", "主任")
JOINED, LEFT = 640, 20
GIFU = {"any": [{"field": "prefecture", "op": "is", "value": name} for name in ("岐阜県", "三重県")]}


def handover(random: Random) -> Iterator[Step]:
    yield Step(JOINED, 9 * 60, _join, "page")
    for number in range(len(FIRMS)):
        days = 600 - number * 47
        yield Step(days, 10 * 60 + number, partial(_firm, number, Random(f"handover {number}")))  # noqa: S311
        for talk in range(3 + number % 4):
            ago = LEFT + 3 + talk * 21 + number
            if ago < days:
                do = partial(_talk, number, random.choice(TALKS))
                yield Step(ago, 11 * 60 + number * 7, do, "phone")
        yield Step(LEFT + 4, 14 * 60 + number, partial(_promise, number))
    yield Step(LEFT + 1, 15 * 60, _hand_over)
    yield Step(LEFT + 1, 17 * 60, _leave_notes)
    yield Step(LEFT, 9 * 60, _leave)
    yield Step(LEFT - 2, 9 * 60 + 30, _receive)
    yield Step(1, 16 * 60, _go_on_leave)


def _join(stage: Stage) -> None:
    head = stage.people["katsugoro"]
    role = Role.objects.get(key=LEAVER.role)
    person = house._join(LEAVER, role, stage.teams[LEAVER.team], head)
    house._introduce(stage, LEAVER, person, head)


def _firm(number: int, random: Random, stage: Stage) -> None:
    by, (name, kana, prefecture, industry) = stage.people["minoru"], FIRMS[number]
    town = random.choice([town for town in TOWNS if town.prefecture == prefecture])
    values = {
        "name": name, "kana": kana, "industry": industry, "rank": "abc"[number % 3], "status": "active",
        "prefecture": town.prefecture, "city": town.city, "postal_code": town.postal_code, "street": town.town,
        "phone": town.phone(7000 + number), "closing_day": "end", "payment_terms": "翌月末 銀行振込",
    }  # fmt: skip
    firm = actions.create("account", values, by=by)
    (family, family_kana), (given, given_kana) = random.choice(FAMILIES), random.choice(GIVEN)
    person = {
        "account": firm, "family_name": family, "given_name": given, "family_kana": family_kana,
        "given_kana": given_kana, "title": "購買課長", "role": "decides", "phone": town.phone(7500 + number),
    }  # fmt: skip
    stage.saved[f"handed{number}"] = firm
    stage.saved[f"handed{number}.person"] = actions.create("contact", person, by=by)


def _talk(number: int, told: tuple[str, ...], stage: Stage) -> None:
    words = dict(zip(("method", "content", "direction", "subject", "text", "next_step"), told, strict=True))
    firm, contact = stage.saved[f"handed{number}"], stage.saved[f"handed{number}.person"]
    began = {"started_at": stage.now - timedelta(minutes=20), "minutes": 15}
    actions.create("talk", {"account": firm, "contact": contact, **began, **words}, by=stage.people["minoru"])


def _promise(number: int, stage: Stage) -> None:
    by, firm = stage.people["minoru"], stage.saved[f"handed{number}"]
    due = {"due_on": stage.today + timedelta(days=number - 1)}
    actions.create("task", {"account": firm, "subject": TASKS[number % len(TASKS)], **due}, by=by)
    if number % 2 == 0:
        start = stage.now + timedelta(days=LEFT + 6 + number)
        plan = {
            "account": firm,
            "method": "visit",
            "subject": PLANS[number % len(PLANS)],
            "started_at": start,
        }
        actions.create("plan", plan, by=by)


def _hand_over(stage: Stage) -> None:
    """What lies in Gifu and Mie goes to 熱田, the rest to 本山."""
    people = stage.people
    successors = [
        {"person": people["katsumi"], "condition": GIFU},
        {"person": people["ryo"], "condition": None},
    ]
    values = {"giver": people["minoru"], "successors": successors, "reason": "退職のため"}
    made = arrange(values, by=people["midori"], today=stage.now.date())
    carry_out_at_once(made)
    stage.saved["handover"] = Handover.objects.get(pk=made.pk)


def _leave_notes(stage: Stage) -> None:
    for number, words in enumerate(NOTES):
        item = _item(number, stage)
        if item is not None:
            write_note(item, words, by=stage.people["minoru"])


def _item(number: int, stage: Stage) -> Item | None:
    rows = Item.objects.filter(handover=stage.saved["handover"], object="account")
    found: Item | None = rows.filter(record_id=stage.saved[f"handed{number}"].pk).first()
    return found


def _leave(stage: Stage) -> None:
    leave(stage.people["minoru"], on=stage.now.date(), by=stage.people["makoto"])


def _receive(stage: Stage) -> None:
    """熱田 has received all of his, 本山 all but two."""
    for word, left in (("katsumi", 0), ("ryo", 2)):
        person = stage.people[word]
        items = list(Item.objects.filter(handover=stage.saved["handover"], successor=person).order_by("pk"))
        for item in items[: len(items) - left]:
            acknowledge(item, by=person)


def _go_on_leave(stage: Stage) -> None:
    """Two weeks from now for a week; it returns by itself."""
    values: dict[str, Any] = {
        "giver": stage.people["yui"],
        "successors": [{"person": stage.people["daisuke"], "condition": None}],
        "starts_on": stage.today + timedelta(days=14),
        "returns_on": stage.today + timedelta(days=21),
        "reason": "休暇の間",
    }
    arrange(values, by=stage.people["daisuke"], today=stage.now.date())
