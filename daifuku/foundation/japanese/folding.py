"""Makes equal what a reader takes for equal: width, case, both kana, small kana, long vowels, old kanji, marks.

This is the one normalisation of search, matching and duplicates (RESEARCH: half of what users miss in other products
is found by folding alone). The order: NFKC (Unicode Standard Annex 15) for width and squared letters, small letters,
then one table for the rest. The result is for comparing and is never shown.
"""

from __future__ import annotations

import re
import unicodedata

from daifuku.foundation.japanese.kana import HIRAGANA_TO_KATAKANA, SMALL_TO_LARGE, VOICED
from daifuku.foundation.japanese.variants import one_for_each

_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
_SAME_SOUND = str.maketrans("ヂヅヰヱヲ", "ジズイエオ")
_VU = re.compile("ヴ([アイエオ]?)")
_VU_TO_BU = {"": "ブ", "ア": "バ", "イ": "ビ", "エ": "ベ", "オ": "ボ"}
_REPEATS = frozenset("々〻ヽヾ")


class _Table(dict[int, str | None]):
    """What each character becomes, decided when it is first met; None: it goes."""

    def __missing__(self, code: int) -> str | None:
        decided = _decide(chr(code))
        self[code] = decided
        return decided


def _decide(character: str) -> str | None:
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Mn", "Me"} or character == "ー":
        return None
    if unicodedata.category(character)[0] in "ZPS":
        return None
    if character in _LETTERS:
        return _LETTERS[character]
    if "\u00c0" <= character <= "\u024f" or "\u1e00" <= character <= "\u1fff":
        return unicodedata.normalize("NFD", character)[0]
    return character.translate(HIRAGANA_TO_KATAKANA).translate(SMALL_TO_LARGE).translate(_SAME_SOUND)


_TABLE = _Table(one_for_each())


def fold(text: str) -> str:
    """The form for comparing; folding twice changes nothing more."""
    if text.isascii():
        return text.lower().translate(_TABLE)
    folded = _once(text)
    while not unicodedata.is_normalized("NFKC", folded):
        folded = _once(folded)
    return folded


def _once(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower().translate(_TABLE)
    if "ヴ" in folded:
        folded = _VU.sub(lambda found: _VU_TO_BU[found[1]], folded)
    if not _REPEATS.isdisjoint(folded):
        folded = _written_out(folded)
    return folded


def _written_out(text: str) -> str:
    """佐々木 is 佐佐木, いすゞ is いすず; a mark with nothing before it stays."""
    written: list[str] = []
    for character in text:
        if character not in _REPEATS or not written:
            written.append(character)
        elif written[-1] not in _REPEATS:
            written.append(written[-1].translate(VOICED) if character == "ヾ" else written[-1])
    return "".join(written)


def grams(text: str) -> list[str]:
    """What the search index keeps: every two neighbours of the folded text, and its last character alone."""
    folded = fold(text)
    return [folded[at : at + 2] for at in range(len(folded))]
