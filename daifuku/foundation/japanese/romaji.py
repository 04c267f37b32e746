"""Finds names by Latin letters: tokyo, toukyou and Tôkyô all lead to 東京, sato to サトウ, shi and si to シ.

One key for Hepburn (外務省令 旅券法施行規則), Kunrei and what people type into an IME; long vowels and doubled
consonants count once. A key is for finding only: キヨ and キョ share one, as bank transfers write them alike.
"""

from __future__ import annotations

import re
from functools import lru_cache

from daifuku.foundation.japanese.cleaning import clean_kana
from daifuku.foundation.japanese.company import split_form
from daifuku.foundation.japanese.folding import fold
from daifuku.foundation.japanese.reading import has_kanji, reading

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ", "z": "ザジズゼゾ", "t": "タチツテト",
    "d": "ダヂヅデド", "n": "ナニヌネノ", "h": "ハヒフヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ",
    "r": "ラリルレロ",
}  # fmt: skip
_SINGLE = {kana: c + v for c, row in _ROWS.items() for kana, v in zip(row, "aiueo", strict=True)}
_SINGLE |= {
    "ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヰ": "i", "ヱ": "e", "ヲ": "o", "ン": "n", "ヴ": "bu", "ヂ": "zi",
    "ヷ": "ba", "ヸ": "bi", "ヹ": "be", "ヺ": "bo",
    "ヅ": "zu", "ッ": "", "ー": "", "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu",
    "ョ": "yo", "ヮ": "wa", "ヵ": "ka", "ヶ": "ke",
}  # fmt: skip
_KANA = re.compile("([ァ-ヺ])([ァィゥェォャュョヮ]?)")

# Each rule makes two ways to write a sound one; the order matters.
_SPELLINGS = (
    *(
        ("tch", "ch"),
        ("cch", "ch"),
        ("sh", "sy"),
        ("ch", "ty"),
        ("ts", "t"),
        ("dz", "z"),
        ("j", "zy"),
        ("dy", "zy"),
    ),
    *(("ph", "h"), ("f", "h"), ("v", "b"), ("l", "r"), ("q", "k"), ("yi", "i")),
)
_LONG_O = re.compile("oh(?![aiueoy])")
_SOFT_C = re.compile("c(?=[eiy])")
_M = re.compile("m(?=[bpm])")
_GLIDE = re.compile("([kgsztdnhbpmr])iy(?=[auoe])")
_LONE_Y = re.compile("y(?![aiueoy])")
_TWICE = re.compile(r"o[ou]+|([a-z])\1+")


@lru_cache(maxsize=16384)
def romaji_key(text: str) -> str:
    """The key of a name in kanji, kana or Latin letters."""
    name = split_form(text)[0]
    if has_kanji(name):
        name = reading(name)
    return _one_spelling(fold(_KANA.sub(_spelled, clean_kana(name))))


def _spelled(found: re.Match[str]) -> str:
    """シャ sya, ファ fa, ティ ti, ヴァ ba."""
    large, small = _SINGLE[found[1]], found[2]
    if not small:
        return large
    if small in "ャュョ" and large[-1:] in {"i", "u", "e"}:
        return large[:-1] + _SINGLE[small]
    if small in "ァィゥェォ" and large[-1:] in {"i", "u", "e", "o"} and len(large) > 1:
        glide = (
            "y" if large in {"si", "ti", "zi", "ni", "hi", "ki", "gi", "ri", "mi"} and small != "ィ" else ""
        )
        return large[:-1] + glide + _SINGLE[small]
    return large + _SINGLE[small]


def _one_spelling(latin: str) -> str:
    """Until nothing changes, so that a key of a key is itself."""
    while True:
        before = latin
        for spelling, written in _SPELLINGS:
            latin = latin.replace(spelling, written)
        latin = _M.sub("n", _LONG_O.sub("o", latin))
        if "c" in latin:
            latin = _SOFT_C.sub("s", latin).replace("c", "k")
        if "y" in latin:
            latin = _LONE_Y.sub("i", _GLIDE.sub(r"\1y", latin))
        latin = _TWICE.sub(_first, latin)
        if latin == before:
            return latin


def _first(found: re.Match[str]) -> str:
    return found[0][0]
