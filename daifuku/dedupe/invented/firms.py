"""Invented firms: each is one truth, written one to five times; a third of them only look like another one."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from daifuku.dedupe.invented import sites, slips
from daifuku.dedupe.invented.words import (
    BIGGER,
    BRANCHES,
    FIRST,
    FORMS,
    FREE_MAIL,
    KATAKANA,
    KATAKANA_LAST,
    SHORT,
    SISTERS,
    SURNAMES,
    TRADES,
)

Row = dict[str, str]
HEADINGS = (
    "会社名", "フリガナ", "郵便番号", "都道府県", "市区町村", "町域・番地", "建物", "電話番号", "FAX", "メール",
    "Webサイト", "法人番号", "代表者",
)  # fmt: skip

# How often a firm is written once, twice ...
WRITTEN = ((1, 58), (2, 26), (3, 10), (4, 4), (5, 2))
# How many firms are made as look-alikes of the one before, and of which kind.
LOOKALIKES = 0.36
KINDS = (("elsewhere", 42), ("form", 14), ("sister", 22), ("branch", 22))
# How many firms have offices that say which they are; after another one, 「branch」 is one more firm of that name.
OFFICES = 0.3
# What goes wrong or is left out when a firm is written.
MISSING = {
    "kana": 0.45,
    "site": 0.15,
    "phone": 0.22,
    "fax": 0.6,
    "mail": 0.5,
    "web": 0.5,
    "number": 0.78,
    "head": 0.6,
}
FORM_LEFT_OUT, FORM_SHORT, FORM_MOVED = 0.10, 0.45, 0.04
OLD, WIDTH, TYPO, KANA_NAME, ROMAJI_NAME, LONG_VOWEL, BLANK = 0.22, 0.25, 0.035, 0.02, 0.015, 0.1, 0.12
MOVED, OTHER_PHONE, PHONE_SLIP, AS_BRANCH, FREE, OTHER_MAIL = 0.05, 0.10, 0.01, 0.06, 0.12, 0.35


class Firm:
    """The truth about one."""

    def __init__(self, random: Random) -> None:
        self.stem, self.kana = _name(random)
        self.form = slips.one_of(random, FORMS)
        self.front = random.random() < 0.6
        self.branch: tuple[str, str] = BRANCHES[0] if random.random() < OFFICES else ("", "")
        self.number = _corporate_number(random)
        self.domain = (
            f"{slips.romaji(self.kana).lower()[:14]}{random.choice(('', '', random.randrange(10, 99)))}"
        )
        self.domain += random.choice((".co.jp", ".co.jp", ".jp", ".com"))
        self.head = " ".join(
            (slips.often_first(random, SURNAMES)[0], random.choice(("健一", "誠", "正雄", "洋子")))
        )
        self.settle(random)

    def settle(self, random: Random) -> None:
        self.place = sites.site(random)
        self.phone, self.fax = (sites.phone_at(random, self.place) for _n in range(2))


def firms(count: int, seed: int) -> Iterator[tuple[int, Row]]:
    """`count` rows with the number of their firm, in no order."""
    random = Random(seed)  # noqa: S311 - the same every time
    rows: list[tuple[int, Row]] = []
    truth, last = 0, Firm(random)
    while len(rows) < count:
        firm = _lookalike(random, last) if random.random() < LOOKALIKES else Firm(random)
        times = random.choices([n for n, _w in WRITTEN], [w for _n, w in WRITTEN])[0]
        rows += [(truth, _written(random, firm)) for _time in range(times)]
        truth, last = truth + 1, firm
    del rows[count:]
    random.shuffle(rows)
    return iter(rows)


def _name(random: Random) -> tuple[str, str]:
    kind = random.random()
    if kind < 0.12:
        brand = random.choice(KATAKANA) + random.choice(KATAKANA_LAST)
        trade: tuple[str, str] = random.choice(TRADES) if random.random() < 0.4 else ("", "")
        return brand + trade[0], brand + trade[1]
    if kind < 0.16:
        letters = "".join(random.choice("ABCDEFGHIJKMNPRSTW") for _n in range(3))
        trade = random.choice(TRADES)
        return letters + trade[0], letters + trade[1]
    first, trade = slips.often_first(random, FIRST), slips.often_first(random, TRADES)
    bigger = random.choice(BIGGER) if random.random() < 0.3 else ("", "")
    return bigger[0] + first[0] + trade[0], bigger[1] + first[1] + trade[1]


def _corporate_number(random: Random) -> str:
    """Thirteen digits with the check digit of 財務省令 平成26年第70号."""
    digits = [random.randrange(10) for _n in range(12)]
    total = sum(digit * (2 if at % 2 else 1) for at, digit in enumerate(reversed(digits)))
    return str(9 - total % 9) + "".join(map(str, digits))


def _lookalike(random: Random, other: Firm) -> Firm:
    """Another firm, or another office, that one could take for it."""
    kind = slips.one_of(random, KINDS)
    firm = Firm(random)
    firm.stem, firm.kana = other.stem, other.kana
    if kind == "elsewhere":
        firm.form = other.form
    elif kind == "form":
        forms = [form for form, _weight in FORMS[:3] if form != other.form]
        firm.form = random.choice(forms)
        if random.random() < 0.5:
            firm.place = sites.in_city(random, (other.place["都道府県"], other.place["市区町村"]))
    elif kind == "sister":
        word, kana = random.choice(SISTERS)
        firm.stem, firm.kana, firm.form = other.stem + word, other.kana + kana, other.form
        firm.domain = other.domain if random.random() < 0.5 else firm.domain
        if random.random() < 0.5:
            firm.place = dict(other.place)
            firm.phone = other.phone if random.random() < 0.4 else firm.phone
    elif other.branch[0]:
        _branch_of(random, firm, other)
    return firm


def _branch_of(random: Random, firm: Firm, other: Firm) -> None:
    """Two offices of one firm that both say which they are: deliberately two records."""
    others = [branch for branch in BRANCHES if branch != other.branch]
    firm.branch, firm.form, firm.front = random.choice(others), other.form, other.front
    firm.number, firm.domain, firm.head = other.number, other.domain, other.head


def _written(random: Random, firm: Firm) -> Row:
    branch, place, phone, fax = firm.branch, firm.place, firm.phone, firm.fax
    if not branch[0] and random.random() < AS_BRANCH:
        branch, place = random.choice(BRANCHES[1:]), sites.site(random)
        phone = sites.phone_at(random, place)
    elif random.random() < MOVED:
        place = sites.site(random)
    if random.random() < OTHER_PHONE:
        phone = sites.phone_at(random, place)
    row = dict.fromkeys(HEADINGS, "")
    row["会社名"] = _written_name(random, firm, branch)
    if random.random() >= MISSING["kana"]:
        row["フリガナ"] = _written_kana(random, firm.kana + (branch[1] if branch[0] else ""))
    row |= sites.written(random, place, missing=MISSING["site"])
    for heading, digits, missing in (("電話番号", phone, "phone"), ("FAX", fax, "fax")):
        if random.random() >= MISSING[missing]:
            digits = slips.typo(random, digits) if random.random() < PHONE_SLIP else digits
            row[heading] = slips.phone_written(random, digits, 2 if digits[:2] in {"03", "06"} else 3)
    _reach(random, firm, row)
    return row


def _reach(random: Random, firm: Firm, row: Row) -> None:
    if random.random() >= MISSING["mail"]:
        local = random.choice(("info", "info", "sales", "contact", "soumu"))
        if random.random() < FREE:
            row["メール"] = f"{firm.domain.split('.')[0]}@{random.choice(FREE_MAIL)}"
        else:
            local = random.choice(("office", "order")) if random.random() < OTHER_MAIL else local
            row["メール"] = f"{local}@{firm.domain}"
    if random.random() >= MISSING["web"]:
        row["Webサイト"] = random.choice(
            (f"https://www.{firm.domain}/", f"http://{firm.domain}", f"www.{firm.domain}")
        )
    if random.random() >= MISSING["number"]:
        row["法人番号"] = firm.number
    if random.random() >= MISSING["head"]:
        row["代表者"] = firm.head.replace(" ", random.choice((" ", "　", "")))


def _written_name(random: Random, firm: Firm, branch: tuple[str, str]) -> str:
    name = firm.stem
    way = random.random()
    if way < KANA_NAME:
        name = firm.kana
    elif way < KANA_NAME + ROMAJI_NAME:
        name = slips.romaji(firm.kana)
    if random.random() < OLD:
        name = slips.old_kanji(name)
    if random.random() < LONG_VOWEL:
        name = name.replace("ー", random.choice(("-", "‐", "")))
    if random.random() < WIDTH:
        name = slips.half_width(name) if random.random() < 0.6 else slips.full_width(name)
    if random.random() < TYPO:
        name = slips.typo(random, name)
    if random.random() < BLANK and len(name) > 3:
        name = f"{name[:2]} {name[2:]}"
    form = firm.form
    if random.random() < FORM_LEFT_OUT:
        form = ""
    elif random.random() < FORM_SHORT:
        form = random.choice(SHORT[form])
    front = firm.front != (random.random() < FORM_MOVED)
    whole = f"{form}{name}" if front else f"{name}{form}"
    return f"{whole}{random.choice((' ', '　', ''))}{branch[0]}".strip() if branch[0] else whole


def _written_kana(random: Random, kana: str) -> str:
    if random.random() < TYPO:
        kana = slips.typo(random, kana)
    way = random.random()
    return slips.half_width(kana) if way < 0.15 else slips.hiragana(kana) if way < 0.25 else kana
