"""The demo's rule book: the shipped one, and a second edition three weeks ago that not all have read yet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random

from daifuku.customers.demo.stage import Stage, Step
from daifuku.rules.actions import confirm_book, create_rule, publish_book, write_book
from daifuku.rules.models import Book

# Who read the second edition how many days ago.
READERS = {"toshiko": 20, "ryo": 20, "midori": 19, "chinatsu": 15, "ken": 9}
RULE = "大切なお客様の記録"
DAILY = "・毎朝の確認で気になったことは、その日のうちに本人へ聞きます。"
NOTE = "大切なお客様の代表者と締め日を、2営業日のうちに入力することにしました。"


def rules(random: Random) -> Iterator[Step]:
    yield Step(28, 9 * 60 + 10, _add, "page")
    yield Step(24, 9 * 60, _publish, "page")
    for word, days in READERS.items():
        yield Step(days, 8 * 60 + 50 + random.randrange(20), partial(_read, word), "page")


def _add(stage: Stage) -> None:
    by = stage.people["makoto"]
    create_rule(
        {
            "title": RULE, "object": "account", "moment": "always", "required": ["representative", "closing_day"],
            "condition": {"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}, "missing": "duty",
            "until": "workdays", "amount": 2,
        },
        by=by,
    )  # fmt: skip


def _publish(stage: Stage) -> None:
    by, book = stage.people["makoto"], Book.objects.get()
    sections = [
        {**section, "text": f"{section['text']}\n{DAILY}"} if section["key"] == "daily" else section
        for section in book.sections
    ]
    write_book(sections, by=by)
    publish_book(NOTE, by=by)


def _read(word: str, stage: Stage) -> None:
    if word in stage.people:
        confirm_book(2, by=stage.people[word])
