"""Invents firms with their branches and people: nothing is saved here, the same seed gives the same firms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from daifuku.customers.demo.fields import HOBBIES, RUNS
from daifuku.customers.demo.places import TOWNS, Town
from daifuku.customers.demo.stage import weighted
from daifuku.customers.demo.words import FAMILIES, FIRST, FORMS, GIVEN, NOTES, POSTS, SECOND, TRADES
from daifuku.foundation.identifiers import clean_corporate_number

Values = dict[str, Any]
OWNERS = (("rep1", 5), ("rep2", 5), ("rep3", 4), ("rep4", 4), ("rep5", 3), ("rep6", 3))
STATUSES = (("active", 6), ("prospect", 3), ("dormant", 2), ("ended", 1))
RANKS = (("a", 2), ("b", 4), ("c", 6), ("d", 3), ("", 2))
CLOSING = (("end", 6), ("20", 5), ("15", 1), ("25", 1), ("10", 1))
TERMS = ("翌月末 銀行振込", "翌々月10日 銀行振込", "翌月20日 口座振替", "月末締め 60日後 電子記録債権")
BRANCHES = ((("branch", "支店"), 5), (("sales_office", "営業所"), 4), (("factory", "工場"), 2))
STORES = ((("store", "店"), 1),)
FORMS_OF = {"medical": "医療法人{}", "education": "学校法人{}"}
ALONE = {"medical", "education", "food_service", "agriculture"}
AREAS = ("名古屋市内", "東海三県", "愛知・岐阜", "中部一円", "全国", "首都圏", "関西")


@dataclass
class Office:
    """An account to come: the firm itself, or a part of it under `parent`."""

    key: str
    values: Values
    parent: str = ""
    people: list[Values] = field(default_factory=list)


@dataclass
class Firm:
    """`offices` from the top down, so that a parent is saved before its parts."""

    key: str
    owner: str
    domain: str
    offices: list[Office] = field(default_factory=list)


def invent_firms(random: Random, number: int) -> Iterator[Firm]:
    names = [(first, second) for first in FIRST for second in SECOND]
    random.shuffle(names)
    for index in range(number):
        (written, read), (written2, read2) = names[index]
        trade = random.choice(TRADES)
        firm = Firm(f"firm{index}", weighted(random, OWNERS), f"f{index:03}.example.jp")
        _head_office(random, firm, index, (written + written2, read + read2), trade)
        _branches(random, firm, index)
        for office in firm.offices:
            office.people = [_person(random, firm, office) for _ in range(_how_many(random, office))]
        yield firm


def _head_office(random: Random, firm: Firm, index: int, name: tuple[str, str], trade: Any) -> None:
    word, reading, industry, business_type, products = trade
    town = random.choice(TOWNS)
    employees = int(random.lognormvariate(3.4, 1.1)) + 3
    values: Values = {
        "name": (FORMS_OF.get(industry) or weighted(random, FORMS)).format(name[0] + word),
        "kana": name[1] + reading,
        "code": f"{10001 + index}",
        "status": weighted(random, STATUSES),
        "rank": weighted(random, RANKS),
        "industry": industry,
        "business_type": business_type,
        "products": products,
        "employees": employees,
        "annual_sales": employees * random.randrange(12, 45) * 1_000_000,
        "representative": " ".join(part[0] for part in (random.choice(FAMILIES), random.choice(GIVEN))),
        "closing_day": weighted(random, CLOSING),
        "payment_terms": random.choice(TERMS),
        "trade_area": random.choice(AREAS),
        "email": f"info@{firm.domain}",
        "website": f"https://www.{firm.domain}",
        **_address(random, town, index),
    }
    if random.random() < 0.4:
        values["corporate_number"] = corporate_number(index)
        values["invoice_number"] = "T" + values["corporate_number"]
    if random.random() < 0.3:
        values["note"] = random.choice(NOTES)
    if values["status"] == "active":
        values["delivery"] = random.choice(RUNS)[0]
        values["credit_limit"] = random.choice((300_000, 500_000, 1_000_000, 3_000_000))
    firm.offices.append(Office(f"{firm.key}.0", values))


def _branches(random: Random, firm: Firm, index: int) -> None:
    """A third of the firms have branches, some of these sales offices and departments of their own."""
    head = firm.offices[0]
    if random.random() > 0.42 or head.values["industry"] in ALONE:
        return
    head.values["level"] = "head_office"
    for town in random.sample(TOWNS, random.choice((1, 1, 2, 2, 3, 4))):
        where = town.city.rsplit("市", 1)[0].removesuffix("区")
        kinds = STORES if head.values["industry"] == "retail" else BRANCHES
        level, word = weighted(random, kinds)
        branch = _part(random, firm, head, f"{where}{word}", level, town, index)
        if level == "branch" and random.random() < 0.35:
            _part(random, firm, branch, "営業課", "department", town, index)
            _part(random, firm, branch, f"{town.town}営業所", "sales_office", town, index)
    if random.random() < 0.4:
        _part(random, firm, head, "購買部", "department", TOWNS[index % len(TOWNS)], index)


def _part(random: Random, firm: Firm, above: Office, name: str, level: str, town: Town, index: int) -> Office:
    head = firm.offices[0]
    values: Values = {
        "name": f"{head.values['name']} {name}",
        "level": level,
        "status": head.values["status"],
        "rank": head.values["rank"],
        "industry": head.values["industry"],
        "employees": max(2, head.values["employees"] // random.randrange(3, 9)),
        **_address(random, town, index * 7 + len(firm.offices)),
    }
    office = Office(f"{firm.key}.{len(firm.offices)}", values, parent=above.key)
    firm.offices.append(office)
    return office


def _address(random: Random, town: Town, number: int) -> Values:
    block = f"{random.randrange(1, 6)}-{random.randrange(1, 30)}-{random.randrange(1, 20)}"
    building = random.choice(("", "", "", "第二ビル3階", "中央ビル5F", "駅前プラザ201"))
    return {
        "postal_code": town.postal_code, "prefecture": town.prefecture, "city": town.city,
        "street": f"{town.town}{block}", "building": building,
        "phone": town.phone(number * 3), "fax": town.phone(number * 3 + 1),
    }  # fmt: skip


def _how_many(random: Random, office: Office) -> int:
    return random.choice((1, 1, 1, 2)) if office.parent else random.choice((1, 1, 1, 2, 2, 3))


def _person(random: Random, firm: Firm, office: Office) -> Values:
    (family, family_kana), (given, given_kana) = random.choice(FAMILIES), random.choice(GIVEN)
    department, title, role, influence = random.choice(POSTS)
    number = random.randrange(10_000)
    hobby = random.choice(HOBBIES) if random.random() < 0.25 else ""
    return {
        "family_name": family, "given_name": given, "family_kana": family_kana, "given_kana": given_kana,
        "department": department, "title": title, "role": role, "influence": influence,
        "phone": office.values["phone"], "mobile": f"020-{1000 + number // 10}-{number:04}",
        "email": f"p{number:04}@{firm.domain}", "hobby": hobby,
    }  # fmt: skip


def corporate_number(index: int) -> str:
    """With the right check digit, of a registry office that does not exist (9900): it belongs to nobody."""
    base = f"9900{index + 1:08}"
    for check in "123456789":
        try:
            return clean_corporate_number(check + base)
        except ValueError:
            continue
    raise ValueError(base)
