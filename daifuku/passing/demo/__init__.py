"""シャチホコ商事 passes its ready leads from marketing to sales: taken, given back with a reason, two still waiting."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Any

from daifuku.customers.demo.places import TOWNS
from daifuku.customers.demo.stage import Stage, Step
from daifuku.customers.demo.words import FAMILIES, FIRST, GIVEN, INTERESTS, SECOND, TRADES
from daifuku.passing.actions import accept, edit_setup, give_back, pass_on
from daifuku.passing.models import Handing, setup
from daifuku.records import actions

BY, DAYS, MANY = "sakura", 40, 17
RECEIVERS = ("ryo", "chinatsu", "daisuke", "yui")
NOTES = (
    "展示会で実機をご覧になり、来期の予算で検討中とのことです。", "資料を2回ダウンロード。電話で価格を聞かれました。",
    "決裁者の方と話せました。訪問の日程を相談してください。", "",
)  # fmt: skip
BACK = (
    ("early", "予算は来年度とのことです。"), ("known", "本社の取引先でした。担当は別の課です。"),
    ("silent", "3回お電話しましたが、つながりません。"), ("no_need", ""),
)  # fmt: skip


def passing(random: Random) -> Iterator[Step]:
    yield Step(DAYS + 1, 9 * 60, _settle, "page")
    for number in range(MANY):
        days = DAYS - number * (DAYS - 1) // MANY
        draw = Random(f"passing {number}")  # noqa: S311
        yield Step(days, 9 * 60 + 30 + number, partial(_pass, number, draw), "page")
        if number < MANY - 3:
            yield Step(days, 10 * 60 + number % 6 * 60 + number, partial(_answer, number), "page")


def _settle(stage: Stage) -> None:
    edit_setup({"on": True, "hours": 8}, by=stage.people["makoto"])


def _pass(number: int, random: Random, stage: Stage) -> None:
    by = stage.people[BY]
    lead = actions.create("lead", {**_invent(random, number), "owner": by}, by=by)
    to = stage.people[RECEIVERS[number % len(RECEIVERS)]]
    if setup().on:
        stage.saved[f"handing{number}"] = pass_on(lead, to, NOTES[number % len(NOTES)], by=by)


def _answer(number: int, stage: Stage) -> None:
    kept = stage.saved.get(f"handing{number}")
    handing = Handing.objects.select_related("person").filter(pk=kept.pk).first() if kept else None
    if handing is None or handing.person is None or not handing.is_waiting:
        return
    if number % 4 == 3:
        reason, words = BACK[number // 4 % len(BACK)]
        give_back(handing, {"reason": reason, "answer": words}, by=handing.person)
    else:
        accept(handing, by=handing.person)


def _invent(random: Random, number: int) -> dict[str, Any]:
    (family, family_kana), (given, given_kana) = random.choice(FAMILIES), random.choice(GIVEN)
    (written, read), (written2, read2) = random.choice(FIRST), random.choice(SECOND)
    word, reading, industry, *_rest = random.choice(TRADES)
    town = random.choice(TOWNS)
    return {
        "family_name": family, "given_name": given, "family_kana": family_kana, "given_kana": given_kana,
        "company": f"{written}{written2}{word}株式会社", "company_kana": read + read2 + reading, "industry": industry,
        "source": ("exhibition", "web", "seminar")[number % 3], "status": "qualified", "rating": "hot",
        "interest": random.choice(INTERESTS), "prefecture": town.prefecture, "city": town.city,
        "postal_code": town.postal_code, "street": town.town, "phone": town.phone(9000 + number),
        "email": f"hikiwatashi{number}@pass{number}.example.jp",
    }  # fmt: skip
