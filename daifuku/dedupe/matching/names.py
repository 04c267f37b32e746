"""A firm's name taken apart: stem, legal form, office, and the words by which sisters differ."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from daifuku.foundation.japanese import fold, romaji_key, split_form
from daifuku.foundation.towns import PREFECTURES, place_key, towns


class FirmName(NamedTuple):
    """`core` is folded, `sound` its romaji key, `office` the folded name of a branch."""

    core: str = ""
    form: str = ""
    office: str = ""
    sound: str = ""


NAMELESS = FirmName()
_OFFICE = "支店|支社|営業所|出張所|事業所|事業部|営業部|工場|センター|本社|本店|本部|研究所|店|支部|支所|分室|事務所"
_LAST_WORD = re.compile(rf"\A(.{{2,}})\s+(\S*(?:{_OFFICE}))\Z")
_GLUED = re.compile(
    r"(本社|本店|支店|支社|営業所|出張所|事業所|工場|物流センター|配送センター|流通センター)\Z"
)
_KIND_OF_OFFICE = frozenset(
    (
        "第一", "第二", "第三", "中央", "東", "西", "南", "北", "本", "物流", "東日本", "西日本", "関東", "関西",
        "中部", "東海", "九州", "東北", "北陸",
    )
)  # fmt: skip
_NO_OFFICE = re.compile(r"\A(?:商店|工場|センター|研究所|店|本店|書店|酒店)\Z")
_HEAD_OFFICES = frozenset({"本社", "本店", "本部"})
# A firm whose name goes on with one of these stands beside the firm without it, and is another.
_SISTERS = (
    "ホールディングス", "ホールディング", "グループ", "HD", "HOLDINGS", "GROUP", "販売", "サービス",
    "ロジスティクス", "エンジニアリング", "テクノ", "ファイナンス", "トレーディング", "ソリューションズ", "物流",
    "不動産", "リース", "ジャパン", "製造", "商事", "開発", "システムズ", "フーズ", "プロパティ", "ビジネスサポート",
)  # fmt: skip
SISTERS = frozenset(map(fold, _SISTERS))


@lru_cache(maxsize=65536)
def firm_name(text: str) -> FirmName:
    """㈱青葉商事 大阪支店 -> 青葉商事, 株式会社, 大阪支店, aobasyozi."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return NAMELESS
    name, form = split_form(plain)
    stem, office = _office(name)
    core = fold(stem) or fold(name) or fold(plain)
    return FirmName(core, form, fold(office), romaji_key(stem))


def _office(name: str) -> tuple[str, str]:
    found = _LAST_WORD.match(name)
    if found and not _NO_OFFICE.match(found[2]):
        if not _holds_more(found[2]):
            return found[1], found[2]
        name = found[1] + found[2]
    glued = _GLUED.search(name)
    if glued is None:
        return name, ""
    before = name[: glued.start()]
    if glued[0] in _HEAD_OFFICES and len(before) > 1:
        return before, glued[0]
    for length in (5, 4, 3, 2, 1):
        if len(before) - length >= 2 and _is_place(before[-length:]):
            return before[:-length], name[len(before) - length :]
    return (before, glued[0]) if "センター" in glued[0] and len(before) > 1 else (name, "")


def _holds_more(word: str) -> bool:
    """A blank within the name: 大鶴 亀倉庫本社 is 大鶴亀倉庫, 大鶴 東京本社 is not."""
    glued = _GLUED.search(word)
    before = word[: glued.start()] if glued else ""
    return len(before) > 2 and glued is not None and glued[0] in _HEAD_OFFICES and not _is_place(before)


def _is_place(text: str) -> bool:
    return text in _KIND_OF_OFFICE or place_key(text) in _places()


@cache
def _places() -> frozenset[str]:
    """Prefectures and cities as offices are called: 大阪, 名古屋, 浜松."""
    cities = {key[:-1] for key in towns().cities if len(key) > 2}
    wards = {key.partition("市")[2][:-1] for key in towns().cities if "市" in key[:-1]}
    return frozenset(cities | wards | {place_key(name[:-1]) for name in PREFECTURES} | {"北海道"}) - {""}


def sister_of(one: str, other: str) -> bool:
    """青葉商事 and 青葉商事ホールディングス."""
    short, long = sorted((one, other), key=len)
    return long != short and long.startswith(short) and long[len(short) :] in SISTERS
