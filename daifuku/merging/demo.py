"""What the clerk of シャチホコ商事 tidied up: doubles made one, a merge taken back, an executive of two firms."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random
from typing import Any

from daifuku.customers.demo.stage import Stage, Step
from daifuku.merging.actions import link_same, merge, take_back
from daifuku.records import actions
from daifuku.records.actions.commenting import write_comment

# Entered by three people who did not look first.
DOUBLES = (
    {"name": "株式会社あさひ梱包", "kana": "アサヒコンポウ", "phone": "052-555-0141", "status": "active", "rank": "b"},
    {
        "name": "(株)あさひ梱包", "phone": "052-555-0141", "email": "info@asahi-konpo.example.jp",
        "note": "見積はメールで。",
    },
    {
        "name": "アサヒ梱包", "postal_code": "460-0008", "prefecture": "愛知県", "city": "名古屋市中区", "street": "栄",
        "note": "納品は裏口から。", "website": "https://asahi-konpo.example.jp/",
    },
)  # fmt: skip
LEADS = (
    {"family_name": "古川", "given_name": "誠", "company": "古川工務店", "email": "furukawa@example.jp"},
    {"family_name": "古川", "given_name": "誠", "company": "(有)古川工務店", "mobile": "090-5550-0101"},
)
WAITING = (
    {"name": "有限会社みどり設備", "phone": "0586-55-0188", "city": "一宮市", "prefecture": "愛知県"},
    {
        "name": "みどり設備",
        "phone": "0586-55-0188",
        "email": "office@midori-setsubi.example.jp",
        "note": "社長は午前中。",
    },
    {"name": "㈲みどり設備", "phone": "0586-55-0189", "website": "https://midori-setsubi.example.jp/"},
)


def merges(random: Random) -> Iterator[Step]:
    """The last three wait for whoever tries the page."""
    for number in range(3):
        yield Step(200 - number * 40, 10 * 60 + number, partial(_firm, number))
    yield Step(60, 11 * 60, _merge_firms)
    yield Step(45, 9 * 60 + 40, _leads)
    yield Step(44, 15 * 60, _merge_leads)
    yield Step(40, 9 * 60 + 10, _take_back)
    yield Step(30, 16 * 60, _executive)
    yield Step(9, 13 * 60 + 20, _waiting)


def _firm(number: int, stage: Stage) -> None:
    by = stage.people[f"rep{number + 1}"]
    firm = stage.saved[f"double{number}"] = actions.create(
        "account", {**DOUBLES[number], "owner": stage.people["rep1"]}, by=by
    )
    write_comment(
        firm, ("来月から担当が代わるとのこと。", "請求書は電子で希望。", "駐車場は2台まで。")[number], by=by
    )


def _merge_firms(stage: Stage) -> None:
    firms = [_fresh(stage.saved[f"double{number}"]) for number in range(3)]
    merge(firms, firms[0], by=stage.people["makoto"])


def _leads(stage: Stage) -> None:
    for number, values in enumerate(LEADS):
        stage.saved[f"twice{number}"] = actions.create("lead", values, by=stage.people["toshiko"])


def _merge_leads(stage: Stage) -> None:
    leads = [_fresh(stage.saved[f"twice{number}"]) for number in range(2)]
    stage.saved["twice"] = merge(leads, leads[0], by=stage.people["toshiko"])


def _take_back(stage: Stage) -> None:
    """Father and son of the same name, as the rep knew."""
    take_back(stage.saved["twice"], by=stage.people["toshiko"])


def _executive(stage: Stage) -> None:
    by = stage.people["rep1"]
    person = {"family_name": "長坂", "given_name": "隆", "family_kana": "ナガサカ", "given_kana": "タカシ"}
    other = actions.create(
        "account", {"name": "あさひ物流株式会社", "kana": "アサヒブツリュウ", "status": "prospect"}, by=by
    )
    posts = (("double0", "専務取締役"), ("", "代表取締役"))
    both = [
        actions.create(
            "contact",
            {**person, "account": _fresh(stage.saved[key]) if key else other, "title": title},
            by=by,
        )
        for key, title in posts
    ]
    link_same(both[0], both[1], "2社の役員を兼ねている。どちらの話かを分けて記録する", by=by)


def _waiting(stage: Stage) -> None:
    for number, values in enumerate(WAITING):
        actions.create("account", values, by=stage.people[f"rep{number + 1}"])


def _fresh(record: Any) -> Any:
    return type(record).plain.get(pk=record.pk)
