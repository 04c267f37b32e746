"""A firm with as many accounts as asked for: real offices, repeated under other names, with the values people keep."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client

from daifuku.api.actions import create_token
from daifuku.customers.models import Account
from daifuku.customers.objects import choices
from daifuku.foundation.errors import DomainError
from daifuku.records import actions
from daifuku.records.catalogue import vocabulary
from daifuku.server import prepare
from daifuku.staff.models import Company, Person
from daifuku.staff.testing import Cast, invent_cast

COMPANY = "計測商事"
FAMILIES = ("佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤")
GIVEN = ("陽翔", "蓮", "湊", "葵", "紬", "凛", "結菜", "翔太", "健一", "由美子")
BATCH = 1000
BRANCHES = ("本社", "東京支店", "名古屋営業所", "大阪支店", "工場", "物流センター", "研究所", "福岡営業所")


@dataclass
class Firm:
    """Who works there, a browser that is signed in, a program with a token, and the keys of all accounts."""

    person: Person
    administrator: Person
    browser: Client
    program: dict[str, str]
    keys: list[int]
    uids: list[str]


def refusal() -> str:
    """Why this database may not be filled; empty where it may."""
    tables = connection.introspection.table_names()
    if Company._meta.db_table not in tables:
        return "The database is not empty." if tables else ""
    names = list(Company.objects.values_list("name", flat=True))
    return "" if names in ([], [COMPANY]) else "The database holds a firm's data; it is not touched."


def fill(rows: int, file: Path) -> Firm:
    prepare.migrate()
    prepare.collect_static()
    if not Company.objects.exists():
        cast = invent_cast()
        Company.objects.create(name=COMPANY)
        _fill("account", varied(file, people_of(cast)), rows, cast)
        _fill("contact", contacts(people_of(cast)), rows // 2, cast)
        _settle()
    return _firm()


def people_of(cast: Cast) -> list[Person]:
    return [cast.aoyama, cast.baba, cast.osaki, cast.senda]


def _fill(kind: str, endless: Iterator[dict[str, Any]], rows: int, cast: Cast) -> None:
    started = time.perf_counter()
    with vocabulary.steady():
        wanted, done = islice(endless, rows), 0
        while batch := list(islice(wanted, BATCH)):
            results = actions.create_many(kind, batch, by=cast.mizuno)
            refused = [result for result in results if isinstance(result, DomainError)]
            assert not refused, refused[0].problems
            done += len(results)
            print(f"\r{done:,} / {rows:,}", end="", file=sys.stderr, flush=True)
    print(f"\r{done:,} of kind {kind} filled in: {time.perf_counter() - started:.0f} s", file=sys.stderr)


def _settle() -> None:
    """As it is some hours later: statistics are there, the ledger is sealed."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    call_command("ledger", "seal", verbosity=0, stdout=sys.stderr)


def offices(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="cp932", newline="") as text:
        return list(csv.DictReader(text))


def varied(file: Path, people: Sequence[Person]) -> Iterator[dict[str, Any]]:
    """The offices again and again, each time as another branch, with phone, rank, industry and somebody in charge."""
    random, real, round = Random("bench"), offices(file), 0  # noqa: S311 - the same every time
    while True:
        for office in real:
            branch = f" {BRANCHES[round % len(BRANCHES)]}{round}" if round else ""
            yield _account(random, office, branch, people)
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


def contacts(people: Sequence[Person]) -> Iterator[dict[str, Any]]:
    """Some firms have nobody yet, most one, some three."""
    random = Random("contacts")  # noqa: S311 - the same every time
    for account in Account.plain.order_by("pk").iterator():
        for _number in range(random.choice((0, 0, 1, 1, 1, 3))):
            yield {
                "family_name": random.choice(FAMILIES),
                "given_name": random.choice(GIVEN),
                "account": account,
                "title": random.choice(("", "部長", "課長", "主任")),
                "owner": random.choice(people),
            }


def _firm() -> Firm:
    person = Person.objects.get(email="aoyama@example.jp")
    administrator = Person.objects.get(email="mizuno@example.jp")
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    _token, secret = create_token(by=person, name="計測", scopes=["write"], days=1)
    own = Account.plain.filter(owner=person).order_by("pk")
    keys, uids = zip(*own.values_list("pk", "uid"), strict=True)
    program = {"Authorization": f"Bearer {secret}"}
    return Firm(person, administrator, browser, program, list(keys), [str(uid) for uid in uids])
