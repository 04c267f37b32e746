"""Invented people at invented firms and at home: each is one truth, written one to four times."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from daifuku.dedupe.invented import sites, slips
from daifuku.dedupe.invented.firms import Firm, Row
from daifuku.dedupe.invented.words import DEPARTMENTS, FREE_MAIL, GIVEN, SHORT, SURNAMES, TITLES

HEADINGS = (
    "姓", "名", "セイ", "メイ", "会社名", "部署", "役職", "電話番号", "携帯電話", "メール", "郵便番号", "都道府県",
    "市区町村", "町域・番地", "建物", "誕生日",
)  # fmt: skip

WRITTEN = ((1, 60), (2, 27), (3, 9), (4, 4))
PRIVATE = 0.2
# How many are made as look-alikes of the one before: the same name elsewhere, a colleague or relative of the same
# family name behind the same number, a namesake in the same firm.
LOOKALIKES = 0.36
KINDS = (("namesake", 50), ("family", 30), ("colleague", 18), ("same firm", 2))
MISSING = {
    "kana": 0.5, "firm": 0.04, "department": 0.4, "title": 0.5, "phone": 0.25, "mobile": 0.3, "mail": 0.2,
    "site": 0.4, "birthday": 0.93, "given": 0.02,
}  # fmt: skip
OLD, TYPO, JOINED, SWAPPED, HONORIFIC = 0.25, 0.02, 0.05, 0.01, 0.03
KANA_NAME, ROMAJI_NAME, HOMOPHONE = 0.03, 0.03, 0.02
NEW_JOB, NEW_SURNAME, NEW_MOBILE, NEW_POST = 0.03, 0.015, 0.03, 0.2
OTHER_MAIL, PHONE_SLIP, DIRECT = 0.08, 0.01, 0.2


class Someone:
    """The truth about one person."""

    def __init__(self, random: Random, firm: Firm | None) -> None:
        self.family, self.given = slips.often_first(random, SURNAMES), slips.often_first(random, GIVEN)
        self.firm, self.home = firm, sites.site(random)
        self.home_phone = sites.phone_at(random, self.home)
        self.mobile = f"0{random.choice('789')}0{random.randrange(10_000_000, 99_999_999)}"
        self.department, self.title = random.choice(DEPARTMENTS), random.choice(TITLES)
        self.free = (
            f"{slips.romaji(self.given[1]).lower()}{random.randrange(10, 9999)}@{random.choice(FREE_MAIL)}"
        )
        self.born = (
            f"{random.randrange(1950, 2004)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
        )
        self.name_local(random)

    def name_local(self, random: Random) -> None:
        family, given = (slips.romaji(each[1]).lower() for each in (self.family, self.given))
        self.local = random.choice(
            (f"{given[:1]}.{family}", f"{given}.{family}", f"{family}", f"{family}-{given[:1]}")
        )


def people(count: int, seed: int) -> Iterator[tuple[int, Row]]:
    """`count` rows with the number of their person, in no order."""
    random = Random(f"people {seed}")  # noqa: S311 - the same every time
    firms = [Firm(random) for _n in range(max(20, count // 6))]
    rows: list[tuple[int, Row]] = []
    truth, last = 0, Someone(random, firms[0])
    while len(rows) < count:
        firm = None if random.random() < PRIVATE else random.choice(firms)
        one = Someone(random, firm)
        if random.random() < LOOKALIKES:
            _make_alike(random, one, last)
        times = random.choices([n for n, _w in WRITTEN], [w for _n, w in WRITTEN])[0]
        rows += [(truth, _written(random, one, firms)) for _time in range(times)]
        truth, last = truth + 1, one
    del rows[count:]
    random.shuffle(rows)
    return iter(rows)


def _make_alike(random: Random, one: Someone, other: Someone) -> None:
    kind = slips.one_of(random, KINDS)
    one.family = other.family
    if kind in {"namesake", "same firm"}:
        one.given = other.given
        if kind == "same firm":
            one.firm = other.firm
    elif kind == "family" and other.firm is None:
        one.firm, one.home, one.home_phone = None, other.home, other.home_phone
    else:
        one.firm = other.firm
    one.name_local(random)


def _written(random: Random, one: Someone, firms: list[Firm]) -> Row:
    family, given, firm, mobile = one.family, one.given, one.firm, one.mobile
    if firm and random.random() < NEW_JOB:
        firm = random.choice(firms)
    if random.random() < NEW_SURNAME:
        family = slips.often_first(random, SURNAMES)
    if random.random() < NEW_MOBILE:
        mobile = f"0{random.choice('789')}0{random.randrange(10_000_000, 99_999_999)}"
    row = dict.fromkeys(HEADINGS, "")
    _name(random, row, family, given)
    if firm:
        _post(random, row, one, firm)
    elif random.random() >= MISSING["phone"]:
        row["電話番号"] = _phone(random, one.home_phone)
    if random.random() >= MISSING["mobile"]:
        row["携帯電話"] = _phone(random, mobile)
    if random.random() >= MISSING["mail"]:
        row["メール"] = one.free if not firm or random.random() < OTHER_MAIL else f"{one.local}@{firm.domain}"
    row |= sites.written(random, firm.place if firm else one.home, missing=MISSING["site"])
    if random.random() >= MISSING["birthday"]:
        row["誕生日"] = random.choice((one.born, one.born.replace("-", "/")))
    return row


def _phone(random: Random, digits: str) -> str:
    digits = slips.typo(random, digits) if random.random() < PHONE_SLIP else digits
    return slips.phone_written(random, digits, 2 if digits[:2] in {"03", "06"} else 3)


def _post(random: Random, row: Row, one: Someone, firm: Firm) -> None:
    if random.random() >= MISSING["firm"]:
        short = random.choice((firm.form, *SHORT[firm.form], ""))
        row["会社名"] = f"{short}{firm.stem}" if firm.front else f"{firm.stem}{short}".strip()
    moved = random.random() < NEW_POST
    if random.random() >= MISSING["department"]:
        row["部署"] = random.choice(DEPARTMENTS) if moved else one.department
    if random.random() >= MISSING["title"]:
        row["役職"] = random.choice(TITLES) if moved else one.title
    if random.random() >= MISSING["phone"]:
        direct = one.home_phone[:-4] + one.mobile[-4:]
        row["電話番号"] = _phone(random, direct if random.random() < DIRECT else firm.phone)


def _name(random: Random, row: Row, family: tuple[str, str], given: tuple[str, str]) -> None:
    surname, name = family[0], given[0]
    way = random.random()
    if way < KANA_NAME:
        surname, name = family[1], given[1]
    elif way < KANA_NAME + ROMAJI_NAME:
        surname, name = slips.romaji(family[1]), slips.romaji(given[1])
    elif way < KANA_NAME + ROMAJI_NAME + HOMOPHONE:
        name = random.choice([word for word, kana in GIVEN if kana == given[1]])
    if random.random() < OLD:
        surname, name = slips.old_kanji(surname), slips.old_kanji(name)
    if random.random() < TYPO:
        surname = slips.typo(random, surname)
    if random.random() < TYPO:
        name = slips.typo(random, name)
    if random.random() < MISSING["given"]:
        name = ""
    elif random.random() < HONORIFIC:
        name += random.choice((" 様", "様", " 殿"))
    if random.random() < SWAPPED:
        surname, name = name, surname
    if random.random() < JOINED:
        surname, name = f"{surname}{random.choice((' ', '　', ''))}{name}", ""
    row["姓"], row["名"] = surname or name, name if surname else ""
    if random.random() >= MISSING["kana"]:
        written = [
            slips.half_width(each[1]) if random.random() < 0.15 else each[1] for each in (family, given)
        ]
        row["セイ"], row["メイ"] = (
            slips.hiragana(each) if random.random() < 0.1 else each for each in written
        )
