"""An address for comparing: prefecture, city without its ward, town, numbers; the building does not count.

Old and new ways of one address have one key: 1丁目2番3号 and 1-2-3, 大字 or not, 浜松市中区 and 中央区 (the ward goes).
Where a town was merged into another city, town and numbers stay, and are compared by themselves.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from daifuku.foundation import address
from daifuku.foundation.towns import PREFECTURES, arabic, place_key


class Site(NamedTuple):
    """What is not known is empty; `lot` is 1-2-3."""

    prefecture: str = ""
    city: str = ""
    town: str = ""
    lot: str = ""
    building: str = ""
    code: str = ""

    @property
    def key(self) -> str:
        """The same for one lot, whatever the floor; nothing without numbers."""
        return f"{self.city}|{self.town}|{self.lot}" if self.lot and (self.town or self.city) else ""


NOWHERE = Site()
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー－─ｰ"), "-")
_UNITS = re.compile("丁目|番地の?|番|号|(?<=[0-9])[のノ](?=[0-9])")
_KANJI_NUMBER = re.compile("[一二三四五六七八九十百]+(?=丁目|番地|番|号)")
_LOT = re.compile("[0-9]+(?:-[0-9]+)+")
_ANY_NUMBER = re.compile("[0-9]+")
_WARD = re.compile(r"\A(.+?市).+区\Z")
_GUN = re.compile(r"\A.{1,5}?郡(?=.+[町村]\Z)")
_NOT_DIGITS = re.compile("[^0-9]")
_SPACES = re.compile(r"\s+")


def site_of(prefecture: str, city: str, street: str, building: str = "", code: str = "") -> Site:
    """From the four fields of an address; where the city is not told apart, the line is cut first."""
    if not city and street:
        parts = address.split(f"{prefecture}{street}")
        prefecture, city, street = parts["prefecture"] or prefecture, parts["city"], parts["street"]
        building, code = building or parts["building"], code or parts.get("postal_code", "")
    digits = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", code)) if code else ""
    if not (prefecture or city or street or digits):
        return NOWHERE
    town, lot = _street(street) if street else ("", "")
    return Site(
        _prefecture(prefecture), _city(city), town, lot, _building(building) if building else "",
        digits if len(digits) == 7 else "",
    )  # fmt: skip


@lru_cache(maxsize=512)
def _prefecture(text: str) -> str:
    plain = text.strip()
    if not plain or plain in PREFECTURES:
        return plain
    return next((each for each in PREFECTURES if each[:-1] == plain), plain)


@lru_cache(maxsize=8192)
def _city(text: str) -> str:
    """Without ward and 郡."""
    plain = text.strip()
    ward = _WARD.match(plain)
    return place_key(_GUN.sub("", ward[1] if ward else plain)) if plain else ""


@lru_cache(maxsize=8192)
def _building(text: str) -> str:
    return place_key(_SPACES.sub("", unicodedata.normalize("NFKC", text)))


def _street(text: str) -> tuple[str, str]:
    """(town, lot)."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = _KANJI_NUMBER.sub(lambda found: arabic(found[0]), plain)
    plain = _UNITS.sub("-", _SPACES.sub("", plain))
    found = _LOT.search(plain) or _ANY_NUMBER.search(plain)
    if found is None:
        return place_key(plain), ""
    return place_key(plain[: found.start()]), "-".join(str(int(part)) for part in found[0].split("-") if part)
