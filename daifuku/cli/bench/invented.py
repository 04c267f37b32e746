"""What the firm of the bench keeps: real offices, repeated under other names, with invented people and leads."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from daifuku.customers.models import Account
from daifuku.customers.objects import choices
from daifuku.staff.models import Person

FAMILIES = ("佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤")
GIVEN = ("陽翔", "蓮", "湊", "葵", "紬", "凛", "結菜", "翔太", "健一", "由美子")
BRANCHES = ("本社", "東京支店", "名古屋営業所", "大阪支店", "工場", "物流センター", "研究所", "福岡営業所")
PEOPLE_OF_FIRMS = (0, 1, 1, 2, 2, 2, 3, 5)
FIRST_DAY = date(2024, 1, 1)
# (object, type, label, key, indexed)
OWN_FIELDS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("account", "integer", "契約台数", "machines", True),
    ("account", "date", "前回訪問日", "visited_on", True),
    ("account", "text", "紹介の経緯", "introduced", False),
    ("contact", "text", "趣味", "hobby", False),
    ("lead", "date", "検討時期", "wanted_on", False),
)


def offices(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="cp932", newline="") as text:
        return list(csv.DictReader(text))


def accounts(file: Path, people: Sequence[Person], *, own: bool = True) -> Iterator[dict[str, Any]]:
    """The offices again and again, each time as another branch; `own` fills the fields of the firm's own too."""
    random, real, round = Random("bench"), offices(file), 0  # noqa: S311 - the same every time
    while True:
        for office in real:
            branch = f" {BRANCHES[round % len(BRANCHES)]}{round}" if round else ""
            yield _account(random, office, branch, people) | (_own_of_account(random) if own else {})
        round += 1


def _account(random: Random, office: dict[str, str], branch: str, people: Sequence[Person]) -> dict[str, Any]:
    return {
        "name": (office["会社名"] + branch)[:200],
        "kana": office["会社名カナ"].replace("-", "ー"),
        "postal_code": office["郵便番号"],
        "prefecture": office["都道府県"],
        "city": office["市区町村"],
        "street": (office["町域"] + office["番地・建物"])[:200],
        "phone": f"03-{random.randrange(3000, 7000)}-{random.randrange(1000, 10000)}",
        "status": random.choice(choices.ACCOUNT_STATUSES).key,
        "rank": random.choice(choices.RANKS).key,
        "industry": random.choice(choices.INDUSTRIES).key,
        "employees": random.randrange(1, 5000),
        "note": "先代からの取引先。ご注文は電話でいただくことが多い。",
        "owner": random.choice(people),
    }


def _own_of_account(random: Random) -> dict[str, Any]:
    return {
        "machines": random.randrange(1, 500),
        "visited_on": _some_day(random),
        "introduced": random.choice(("", "展示会でお名刺をいただいた", "青葉銀行のご紹介")),
    }


def _some_day(random: Random) -> date:
    return FIRST_DAY + timedelta(days=random.randrange(1000))


def contacts(people: Sequence[Person]) -> Iterator[dict[str, Any]]:
    """Two for a firm, taken together: some have nobody yet, some five."""
    random = Random("contacts")  # noqa: S311 - the same every time
    for account in Account.plain.order_by("pk").iterator():
        for _number in range(random.choice(PEOPLE_OF_FIRMS)):
            yield {
                "family_name": random.choice(FAMILIES),
                "given_name": random.choice(GIVEN),
                "account": account,
                "title": random.choice(("", "部長", "課長", "主任")),
                "mobile": f"090-{random.randrange(1000, 10000)}-{random.randrange(1000, 10000)}",
                "hobby": random.choice(("", "釣り", "ゴルフ", "城めぐり")),
                "owner": random.choice(people),
            }


def leads(file: Path, people: Sequence[Person]) -> Iterator[dict[str, Any]]:
    random, real = Random("leads"), offices(file)  # noqa: S311 - the same every time
    while True:
        for office in real:
            yield {
                "family_name": random.choice(FAMILIES),
                "given_name": random.choice(GIVEN),
                "company": office["会社名"][:200],
                "phone": f"06-{random.randrange(3000, 7000)}-{random.randrange(1000, 10000)}",
                "source": random.choice(choices.LEAD_SOURCES).key,
                "status": random.choice(choices.LEAD_STATUSES).key,
                "wanted_on": _some_day(random),
                "owner": random.choice(people),
            }
