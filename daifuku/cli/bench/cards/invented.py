"""Invents the people whose name cards are printed: who they are, and what their card says, written as firms write it.

Every card is made from `seed` and its number alone. What is printed and what a reader should answer are kept apart:
`Card.truth` holds the answer, `Card.printed` the words on the paper. The rates are told in docs/dev/cards.md.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TypeVar

from daifuku.cli.bench.cards import words
from daifuku.foundation.address import lookup
from daifuku.foundation.japanese.romaji import romaji_key
from daifuku.foundation.phone import format_number
from daifuku.foundation.towns import PREFECTURES, towns

DEVELOPMENT = (7, 11, 23)
HELD_OUT = 20261127

Word = TypeVar("Word")
_KANJI_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass
class Card:
    """What one card says: printed word by printed word, and what should be read from it."""

    number: int
    vertical: bool
    chance: random.Random
    everything: bool
    truth: dict[str, str] = field(default_factory=dict)
    printed: dict[str, list[str]] = field(default_factory=dict)
    name: tuple[str, str] = ("", "")


def invent(seed: int, number: int, vertical: bool, attempt: int = 0) -> Card:
    card = Card(number, vertical, random.Random(f"{seed}:{number}:{attempt}"), seed == HELD_OUT)  # noqa: S311 - nothing secret
    _person(card)
    _company(card)
    _place(card)
    _numbers(card)
    _mail(card)
    _decoration(card)
    return card


def _pick(card: Card, choices: list[Word]) -> Word:
    """Every fifth word stands on the cards of the held-out seed only: nobody can have learned it from the others."""
    if card.everything:
        return card.chance.choice(choices)
    return card.chance.choice([word for place, word in enumerate(choices) if place % 5 != 4])


def _person(card: Card) -> None:
    chance = card.chance
    family, family_kana = _pick(card, words.FAMILIES)
    given, given_kana = _pick(card, words.GIVEN)
    card.name = (family, given)
    card.truth["name"] = family + given
    card.printed["name"] = [family, given]
    kind = chance.choices(["none", "hiragana", "katakana", "romaji"], [35, 20, 15, 30])[0]
    if card.vertical and kind == "romaji":
        kind = "none"
    if kind in {"hiragana", "katakana"}:
        pair = [family_kana, given_kana]
        if kind == "katakana":
            pair = [each.translate(words.TO_KATAKANA) for each in pair]
        card.printed["kana"] = [" ".join(pair)]
        card.truth["kana"] = "".join(pair)
    latin = [_hepburn(given_kana), _hepburn(family_kana)]
    card.printed["latin"] = latin
    if kind == "romaji":
        order = latin if chance.random() < 0.7 else [latin[1].upper(), latin[0]]
        card.printed["romaji"] = [" ".join(order)]


def _hepburn(kana: str) -> str:
    """As people write it in their mail address: without long vowels."""
    latin = romaji_key(kana.translate(words.TO_KATAKANA))
    for key, written in (("sy", "sh"), ("ty", "ch"), ("zy", "j"), ("si", "shi"), ("ti", "chi"), ("tu", "tsu"),
                         ("zi", "ji"), ("hu", "fu")):  # fmt: skip
        latin = latin.replace(key, written)
    return latin.capitalize()


def _company(card: Card) -> None:
    chance = card.chance
    stem, latin = _pick(card, words.STEMS)
    name = stem + _pick(card, words.TRADES)
    form = chance.choices(words.FORMS, words.FORM_RATES)[0]
    name = name if not form else name + form[1:] if form.startswith("-") else form + name
    card.printed["company"] = [name]
    card.truth["company"] = name
    card.printed["domain"] = [
        latin + chance.choice(["", "", "", "-g", "-tech", "hd"]) + chance.choice(words.DOMAINS)
    ]
    parts = []
    if chance.random() < 0.25:
        parts.append(_pick(card, words.BRANCHES))
    if chance.random() < 0.85:
        parts.append(_pick(card, words.DEPARTMENTS))
        if chance.random() < 0.4:
            parts.append(_pick(card, words.SECTIONS))
    title = _pick(card, words.TITLES) if chance.random() < 0.8 else ""
    if title in words.OF_THE_WHOLE_FIRM:
        parts = []
    if parts:
        card.printed["department"] = [" ".join(parts)] if chance.random() < 0.7 else parts
        card.truth["department"] = "".join(parts)
    if title:
        card.printed["title"] = [title]
        card.truth["title"] = title.replace(" ", "")


def _place(card: Card) -> None:
    chance = card.chance
    while True:
        prefecture = chance.choice(PREFECTURES) if chance.random() < 0.6 else chance.choice(words.BUSY)
        city = chance.choice(sorted(key for key in towns()._towns if key[0] == prefecture))
        town, code, _note = chance.choice(towns().of(city))
        code = f"{code[:3]}-{code[3:]}"
        if town and len(town) <= 8 and not any(place.office for place in lookup(code)):
            break
    pre = "".join(city) if chance.random() < 0.9 or card.vertical else city[1]
    chome, block, house = chance.randint(1, 9), chance.randint(1, 28), chance.randint(1, 30)
    building, floor = _building(card) if chance.random() < 0.5 else ("", "")
    if card.vertical:
        shapes = [
            (f"{chome}丁目{block}番{house}号", True),
            (f"{chome}-{block}-{house}", True),
            (f"{block}番地", True),
        ]
    else:
        shapes = [
            (f"{chome}-{block}-{house}", False), (f"{chome}丁目{block}番{house}号", False), (f"{block}-{house}", False),
            (f"{chome}丁目{block}-{house}", False), (f"{block}番地{house}", False),
        ]  # fmt: skip
    shape, kanji = chance.choices(shapes, [5, 3, 1] if card.vertical else [6, 1, 2, 1, 1])[0]
    street = pre + town + shape
    card.truth["postal_code"] = code
    card.truth["address"] = street + building + floor
    if kanji:
        written = shape.replace("-", chance.choice("－ー―")).translate(_KANJI_DIGITS)
        written = _tens(shape) if chance.random() < 0.3 and "丁目" in shape else written
        shown = building + floor.translate(_KANJI_DIGITS)
        card.printed["postal_code"] = [
            "〒" + code.replace("-", chance.choice("－ー―")).translate(_KANJI_DIGITS)
        ]
        card.printed["address"] = [pre + town + written, *([shown] if shown else [])]
        return
    mark = chance.choice(["〒", "〒", "〒", "〒 ", ""])
    building += floor
    lines = [street, building] if building and chance.random() < 0.6 else [f"{street} {building}".strip()]
    if chance.random() < 0.7:
        lines[0], mark = f"{mark}{code} {lines[0]}", ""
        card.printed["address"] = lines
    else:
        card.printed["postal_code"] = [f"{mark}{code}"]
        card.printed["address"] = lines


def _tens(shape: str) -> str:
    """12番 as 十二番."""
    out, digits = "", ""
    for letter in shape + "\0":
        if letter.isdigit():
            digits += letter
            continue
        if digits:
            tens, ones = divmod(int(digits), 10)
            ten = "" if not tens else "十" if tens == 1 else str(tens).translate(_KANJI_DIGITS) + "十"
            out += ten + (str(ones).translate(_KANJI_DIGITS) if ones else "")
            digits = ""
        out += letter
    return out.rstrip("\0")


def _building(card: Card) -> tuple[str, str]:
    chance = card.chance
    floor = chance.choice(
        [f"{chance.randint(1, 28)}F", f"{chance.randint(1, 28)}階", f"{chance.randint(101, 905)}号室", ""]
    )
    name = _pick(card, words.BUILDINGS)
    if card.vertical:
        return name.translate(_KANJI_DIGITS), floor.replace("F", "階")
    return name, floor


def _numbers(card: Card) -> None:
    chance = card.chance
    area = chance.choice(words.AREAS)

    def land() -> str:
        rest = "".join(str(chance.randint(0, 9)) for _ in range(10 - len(area) - 4 - 1))
        return format_number(f"{area}{chance.randint(2, 9)}{rest}{chance.randint(0, 9999):04}")

    numbers = {"tel": land()}
    if chance.random() < 0.75:
        numbers["fax"] = land()
    if chance.random() < 0.6:
        numbers["mobile"] = format_number(
            f"0{chance.choice('789')}0{chance.randint(1000, 9999)}{chance.randint(0, 9999):04}"
        )
    style = chance.choice(words.LABELS_DOWN if card.vertical else words.LABELS)
    shape = chance.choices(["-", "(", ".", "+"], [8, 2, 1, 0.4])[0]
    for key, number in numbers.items():
        card.truth[key] = number.replace("-", "")
        card.printed[key] = [f"{style[key]}{_written(number, shape, card.vertical)}"]


def _written(number: str, shape: str, vertical: bool) -> str:
    first, middle, last = number.split("-")
    if vertical:
        dash = "－" if shape != "." else "ー"
        text = f"{first}（{middle}）{last}" if shape == "(" else dash.join([first, middle, last])
        return text.translate(_KANJI_DIGITS)
    if shape == "(":
        return f"({first}){middle}-{last}" if first[1] in "345678" else f"{first}({middle}){last}"
    if shape == "+":
        return f"+81-{first[1:]}-{middle}-{last}"
    return shape.join([first, middle, last])


def _mail(card: Card) -> None:
    chance = card.chance
    domain = card.printed.pop("domain")[0]
    given, family = (part.lower() for part in card.printed.pop("latin"))
    if chance.random() < 0.9:
        spellings = [family, f"{given[0]}.{family}", f"{family}.{given}", f"{given}_{family}"]
        spellings += [f"{family}-{given[0]}", f"{family}{chance.randint(1, 99)}", "info"]
        local = chance.choice(spellings)
        card.truth["email"] = f"{local}@{domain}"
        label = chance.choice(["", "", "E-mail: ", "Email ", "Mail: ", "E-mail ", "E: ", "メール："])
        card.printed["email"] = [label + card.truth["email"]]
    if chance.random() < 0.65:
        url = (
            chance.choice(["https://www.", "http://www.", "www.", "https://"])
            + domain
            + chance.choice(["", "", "/"])
        )
        card.truth["url"] = url
        card.printed["url"] = [chance.choice(["", "", "", "URL: ", "URL ", "HP: "]) + url]


def _decoration(card: Card) -> None:
    """What stands on cards besides and belongs in no field."""
    chance = card.chance
    if chance.random() < 0.12:
        card.printed["slogan"] = [_pick(card, words.SLOGANS)]
    if chance.random() < 0.06:
        card.printed["licence"] = [_pick(card, words.LICENCES)]
    if not card.vertical and chance.random() < 0.1:
        number = _corporate_number(chance)
        card.truth["corporate_number"] = number
        card.printed["corporate_number"] = [
            chance.choice(["登録番号 T", "登録番号：T", "法人番号 ", "T"]) + number
        ]


def _corporate_number(chance: random.Random) -> str:
    body = "".join(str(chance.randint(0, 9)) for _ in range(12))
    total = sum(int(digit) * (1 if place % 2 == 0 else 2) for place, digit in enumerate(reversed(body)))
    return str(9 - total % 9) + body
