"""Invented addresses in real towns, and the ways in which one address is written."""

from __future__ import annotations

from functools import cache
from random import Random

from daifuku.dedupe.invented import slips
from daifuku.dedupe.invented.words import BUILDINGS
from daifuku.foundation.towns import towns

Site = dict[str, str]
# 浜松市 had other wards until 2024; ledgers still have them.
MERGED = {"浜松市中央区": ("浜松市中区", "浜松市東区", "浜松市西区", "浜松市南区")}
KANJI_DIGITS = "〇一二三四五六七八九"
BIG = ("東京都", "大阪府", "愛知県", "神奈川県", "埼玉県", "福岡県", "静岡県", "兵庫県")
AREA_CODES = {
    "東京都": "03", "大阪府": "06", "愛知県": "052", "神奈川県": "045", "埼玉県": "048", "福岡県": "092",
    "静岡県": "053", "兵庫県": "078", "北海道": "011", "宮城県": "022", "広島県": "082", "京都府": "075",
}  # fmt: skip


@cache
def _cities() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    known = sorted({city for same in towns().cities.values() for city in same if towns().of(city)})
    return known, [city for city in known if city[0] in BIG]


@cache
def _towns(city: tuple[str, str]) -> list[tuple[str, str]]:
    return [(town, code) for town, code, _note in towns().of(city) if town] or [("中央", "0000000")]


def site(random: Random) -> Site:
    """Somewhere in Japan: two of three in the large prefectures."""
    known, big = _cities()
    city = random.choice(big if random.random() < 0.66 else known)
    return in_city(random, city)


def in_city(random: Random, city: tuple[str, str]) -> Site:
    town, code = random.choice(_towns(city))
    numbers = [str(random.randrange(1, 6)), str(random.randrange(1, 30)), str(random.randrange(1, 25))]
    building = ""
    if random.random() < 0.4:
        building = f"{random.choice(BUILDINGS)}{random.randrange(1, 12)}F"
    return {
        "郵便番号": f"{code[:3]}-{code[3:]}", "都道府県": city[0], "市区町村": city[1], "町": town,
        "番地": "-".join(numbers), "建物": building,
    }  # fmt: skip


def phone_at(random: Random, place: Site) -> str:
    """Digits of a number there; the area code is right in the large prefectures."""
    area = AREA_CODES.get(place["都道府県"]) or f"0{random.randrange(22, 99)}"
    return area + "".join(str(random.randrange(10)) for _n in range(10 - len(area)))


def written(random: Random, place: Site, *, missing: float) -> dict[str, str]:
    """The four fields of an address as somebody writes them."""
    out = {"郵便番号": "", "都道府県": "", "市区町村": "", "町域・番地": "", "建物": ""}
    if random.random() < missing:
        return out
    numbers = place["番地"].split("-")
    way = random.random()
    if way < 0.45:
        lot = place["番地"]
    elif way < 0.7:
        lot = f"{numbers[0]}丁目{numbers[1]}番{numbers[2]}号"
    elif way < 0.8:
        lot = slips.full_width(place["番地"])
    elif way < 0.9:
        lot = f"{numbers[0]}丁目{numbers[1]}番地{numbers[2]}"
    else:
        lot = f"{KANJI_DIGITS[int(numbers[0])]}丁目{numbers[1]}-{numbers[2]}"
    if random.random() < 0.03:
        lot = slips.typo(random, lot)
    city = place["市区町村"]
    if city in MERGED and random.random() < 0.4:
        city = random.choice(MERGED[city])
    out["都道府県"] = "" if random.random() < 0.12 else place["都道府県"]
    out["市区町村"], out["町域・番地"] = city, place["町"] + lot
    if place["建物"] and random.random() < 0.65:
        out["建物"] = place["建物"]
    if random.random() < 0.75:
        out["郵便番号"] = random.choice(
            (place["郵便番号"], place["郵便番号"].replace("-", ""), f"〒{place['郵便番号']}")
        )
    return out
