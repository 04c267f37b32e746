"""Names of people: one key to compare them by, and 姓 and 名 told apart when they come in one field."""

from __future__ import annotations

import re
import unicodedata

from daifuku.foundation.japanese import reading
from daifuku.foundation.japanese.folding import fold

_HONORIFIC = re.compile(
    r"(?<=\S)(?:\s*(?:様|殿|先生|御中)|\s+(?:さま|さん|氏|Mr\.?|Ms\.?|Mrs\.?))\s*\Z", re.IGNORECASE
)
_BEFORE = re.compile(r"\A(?:Mr|Ms|Mrs|Dr)\.?\s+", re.IGNORECASE)
_LATIN = re.compile(r"\A[A-Za-zÀ-ɏ'.,\s-]+\Z")
_DOT = re.compile(r"\s*[・･·=＝]\s*")


def person_key(family: str, given: str) -> str:
    """髙橋 一郎, 高橋一郎 様 and 高橋　一郎 have one key."""
    return fold(without_honorific(f"{family}{given}"))


def without_honorific(name: str) -> str:
    """一郎 様 is 一郎."""
    return _HONORIFIC.sub("", _with_single_blanks(name))


def split_name(full: str) -> tuple[str, str]:
    """(姓, 名) of a full name; 名 is empty where there is only one word."""
    plain = _BEFORE.sub("", _HONORIFIC.sub("", _with_single_blanks(full))).strip()
    if _LATIN.match(unicodedata.normalize("NFKC", plain)):
        return _western(plain)
    family, space, given = plain.partition(" ")
    if space:
        return family, given
    parts = _DOT.split(plain)
    if len(parts) > 1 and all(parts):
        return parts[-1], plain[: -len(parts[-1])].rstrip("・･·=＝ ")
    at = reading.end_of_family_name(plain)
    return plain[:at], plain[at:]


def _with_single_blanks(text: str) -> str:
    """The patterns would look at a long row of blanks again and again."""
    return " ".join(text.split())


def _western(plain: str) -> tuple[str, str]:
    """Smith, John / YAMADA Taro / John Smith: the comma, then capitals, then the order tell the family name."""
    family, comma, given = plain.partition(",")
    if comma:
        return family.strip(), given.strip()
    words = plain.split()
    if len(words) < 2:
        return plain, ""
    if words[0].isupper() and len(words[0]) > 1 and not words[-1].isupper():
        return words[0], " ".join(words[1:])
    return words[-1], " ".join(words[:-1])
