"""The order of the fifty sounds: あいうえお by reading, digits and Latin letters first, ハ before バ before パ.

Follows JIS X 4061 in what people notice: a long mark counts as its vowel (カード stands at カアト), small kana as large
ones, and voiced marks decide only between names that are otherwise equal. Keys are compared by code point.
"""

from __future__ import annotations

from functools import lru_cache

from daifuku.foundation.japanese.cleaning import clean_kana
from daifuku.foundation.japanese.company import split_form
from daifuku.foundation.japanese.folding import fold
from daifuku.foundation.japanese.kana import PLAIN, VOWEL
from daifuku.foundation.japanese.reading import has_kanji, sounds


@lru_cache(maxsize=16384)
def sort_key(text: str) -> str:
    """A name's place in a list; 株式会社 does not count. Give the kana where there is one: nothing is guessed then."""
    name = split_form(text)[0]
    if has_kanji(name):
        name = sounds(name)
    detail = fold(_vowels(name))
    plain = detail.translate(PLAIN)
    return plain if plain == detail else f"{plain} {detail}"


def _vowels(name: str) -> str:
    """サーバー -> サアバア."""
    name = clean_kana(name)
    if "ー" not in name:
        return name
    written: list[str] = []
    for sound in name:
        before = written[-1] if written else ""
        written.append(VOWEL.get(before, sound) if sound == "ー" else sound)
    return "".join(written)
