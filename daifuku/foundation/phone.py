"""Writes a phone number as Japanese readers expect it: 03-1234-5678, 090-1234-5678, +1 650-253-0000, 内線 kept.

Where the hyphens stand depends on the area code (総務省 電気通信番号計画). Google's libphonenumber knows all of
them; it looks at no more than the first six digits of a ten-digit number, so its answer is kept per six digits, which
makes an import several times faster. Whether a number is in service is nobody's business here: what has the right shape
is accepted, because new area codes are given out before libraries learn them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from daifuku.foundation.unreadable import Unreadable

_HYPHENS = re.compile(r"[‐‑‒–—―−ー─━ｰ~〜]")
_EXTENSION = re.compile(
    r"[\s,;(]*(?:内線(?:番号)?|extension|ext\.?|(?<=[0-9)\s])x|#)[\s:.-]*([0-9]{1,8})\s*\)?\s*\Z",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\A(?:TEL|FAX|PHONE|電話(?:番号)?|携帯(?:電話)?|ファックス)[\s:.]*", re.IGNORECASE)
_NOTE = re.compile(r"\s*\(?(?:代表?|直通)\)?\s*\Z")
_COUNTRY = re.compile(r"\A(?:\+|010-?)81[\s-]*(?:\(0\)|0)?")
_SHAPE = re.compile(r"\A\+?[0-9() ./-]+\Z")
_MARKS = re.compile(r"[^0-9]")
# Longer texts are no number, and the patterns would look at each of their characters again and again.
_LONGEST = 200

# What eleven digits begin with: mobile phones, IP phones, machines; 0800 is free of charge.
_ELEVEN = re.compile(r"\A0[2-9]0[1-9][0-9]{7}\Z")
# What ten digits begin with: an area code, 0120, 0570, 0990, 0180 ...
_TEN = re.compile(r"\A0[1-9][0-9]{8}\Z")


@lru_cache(maxsize=16384)
def format_number(text: str, region: str = "JP") -> str:
    """The number with hyphens; ValueError when it is none."""
    if len(text) > _LONGEST:
        raise Unreadable("phone")
    plain, extension = _split(text)
    domestic = _domestic(plain) if region == "JP" else ""
    written = _hyphenated(domestic) if domestic else _by_library(plain, region)
    return f"{written} 内線{extension}" if extension else written


@lru_cache(maxsize=16384)
def digits(text: str) -> str:
    """Only the digits, for searching and matching: +81-3-1234-5678 and (03)1234-5678 are both 0312345678.

    Foreign numbers keep their +; extensions do not count; what is no number gives the digits that it has.
    """
    plain, _extension = _split(text[:_LONGEST])
    plain = _COUNTRY.sub("0", plain)
    sign = "+" if plain.startswith("+") else ""
    return sign + _MARKS.sub("", plain)


def _split(text: str) -> tuple[str, str]:
    """The number in ASCII and its extension."""
    plain = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text).strip())
    plain = _LABEL.sub("", _HYPHENS.sub("-", plain))
    extension = ""
    found = _EXTENSION.search(plain)
    if found:
        plain, extension = plain[: found.start()], found[1]
    return _NOTE.sub("", plain).strip(), extension


def _domestic(plain: str) -> str:
    """The digits of a number within Japan, or nothing."""
    plain = _COUNTRY.sub("0", plain)
    if plain.startswith("+") or not _SHAPE.match(plain):
        return ""
    found = _MARKS.sub("", plain)
    return found if _TEN.match(found) or _ELEVEN.match(found) else ""


def _hyphenated(number: str) -> str:
    if len(number) == 11:
        first = 4 if number.startswith("0800") else 3
        second = first + (3 if first == 4 else 4)
    else:
        first, second = _groups(number[:6])
    return f"{number[:first]}-{number[first:second]}-{number[second:]}"


@lru_cache(maxsize=65536)
def _groups(first_six: str) -> tuple[int, int]:
    """Where the hyphens stand in a ten-digit number that begins so."""
    number = phonenumbers.PhoneNumber(country_code=81, national_number=int(first_six[1:] + "0000"))
    parts = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL).split("-")
    if len(parts) != 3:
        return 3, 6
    return len(parts[0]), len(parts[0]) + len(parts[1])


def _by_library(plain: str, region: str) -> str:
    """Foreign numbers, and the rare ones at home (0077 ..., 14 digits)."""
    if not _SHAPE.match(plain) or len(plain) > 40:
        raise Unreadable("phone")
    try:
        number = phonenumbers.parse(plain, region)
    except NumberParseException as error:
        raise Unreadable("phone") from error
    home = phonenumbers.region_code_for_number(number) == region
    if home:
        if not phonenumbers.is_valid_number(number):
            raise Unreadable("phone")
        return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise Unreadable("phone")
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
