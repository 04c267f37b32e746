"""Fields that シャチホコ商事 has added to those of the program."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Any

from daifuku.customers.demo.stage import YEARS, Stage, Step
from daifuku.records.actions.choices import add_choice
from daifuku.records.actions.custom_fields import add_field

RUNS = (("午前便", "Morning", "blue"), ("昼便", "Noon", "orange"), ("宅配便", "Parcel", "grey"))
HOBBIES = ("ゴルフ", "釣り", "野球（応援）", "登山", "日本酒", "城めぐり", "将棋", "犬の散歩")


def custom_fields(random: Random) -> Iterator[Step]:
    """The field first, its choices after: they are looked up in the vocabulary as it stands then."""
    delivery: dict[str, Any] = {"label_en": "Delivery run", "help": "毎日の配送コース"}
    credit: dict[str, Any] = {"label_en": "Credit limit", "hidden_from_roles": ["marketer"]}
    yield Step(YEARS + 2, 600, partial(_add, "account", "choice", "配送便", "delivery", delivery))
    yield Step(YEARS + 2, 601, partial(_add, "account", "money", "与信限度額", "credit_limit", credit))
    yield Step(
        YEARS + 2, 602, partial(_add, "contact", "text", "趣味・話題", "hobby", {"label_en": "Interests"})
    )
    for minute, (label, english, colour) in enumerate(RUNS, start=603):
        yield Step(YEARS + 2, minute, partial(_choice, label, english, colour))


def _add(object_key: str, kind: str, label: str, key: str, details: dict[str, Any], stage: Stage) -> None:
    add_field(object_key, kind, label, key=key, by=stage.people["makoto"], **details)


def _choice(label: str, english: str, colour: str, stage: Stage) -> None:
    add_choice("account", "delivery", label, label_en=english, colour=colour, by=stage.people["makoto"])
