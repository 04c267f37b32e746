"""A person as he is compared, and the keys under which he is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from daifuku.dedupe.matching.names import NAMELESS, FirmName, firm_name
from daifuku.dedupe.matching.reach import domain, mails, phones
from daifuku.dedupe.matching.site import NOWHERE, Site, site_of
from daifuku.foundation.japanese import fold, person_key, romaji_key, split_name, without_honorific
from daifuku.foundation.japanese.reading import has_kanji, reading


class Person(NamedTuple):
    """`family` and `given` are folded; the sounds are romaji keys of the kana, or of a guessed reading."""

    family: str = ""
    given: str = ""
    family_sound: str = ""
    given_sound: str = ""
    kana: bool = False
    firm: FirmName = NAMELESS
    mobiles: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    site: Site = NOWHERE
    born: str = ""
    number: str = ""
    department: str = ""
    title: str = ""

    @property
    def full(self) -> str:
        return self.family + self.given

    @property
    def sound(self) -> str:
        """The same whichever of the two names comes first."""
        one, other = sorted((self.family_sound, self.given_sound))
        return f"{one}|{other}" if one else other


_FAMILY = ("山田", "ヤマダ")
_MOBILE = re.compile(r"\A0[6-9]0[0-9]{8}\Z")
_DATE = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})")


def person_of(values: Mapping[str, str]) -> Person:
    """From the fields of a contact or a lead, as they were typed; `company` is the firm's name."""
    get = values.get
    family, given = _names(get("family_name") or "", get("given_name") or "")
    family_kana, given_kana = get("family_kana") or "", get("given_kana") or ""
    if family_kana and not given_kana and (" " in family_kana.strip() or "\u3000" in family_kana.strip()):
        family_kana, given_kana = (*family_kana.split(maxsplit=1), "")[:2]
    plain = without_honorific(given)
    numbers = phones(get("mobile") or "", get("direct_phone") or "", get("phone") or "")
    own = mails(get("email") or "", get("other_email") or "")
    hosts = {each for each in map(domain, own) if each}
    return Person(
        _folded(family), _folded(given), _sound(family_kana or family), given_sound(given_kana or plain),
        bool(family_kana), firm_name(get("company") or ""),
        tuple(each for each in numbers if _MOBILE.match(each)),
        tuple(each for each in numbers if not _MOBILE.match(each)),
        own, tuple(hosts),
        site_of(
            get("prefecture") or "", get("city") or "", get("street") or "", get("building") or "",
            get("postal_code") or "",
        ),
        _born(get("birthday") or ""), (get("number") or "").strip(),
        _word(get("department") or ""), _word(get("title") or ""),
    )  # fmt: skip


def _names(family: str, given: str) -> tuple[str, str]:
    return (family, given) if given.strip() or not family else _split(family)


@lru_cache(maxsize=32768)
def _split(full: str) -> tuple[str, str]:
    return split_name(full)


@lru_cache(maxsize=65536)
def _folded(name: str) -> str:
    return person_key(name, "") if name else ""


@lru_cache(maxsize=65536)
def _sound(name: str) -> str:
    return romaji_key(name) if name else ""


@lru_cache(maxsize=32768)
def given_sound(name: str) -> str:
    """A given name is read behind a family name: alone 実 would be ジツ and not ミノル."""
    if not has_kanji(name):
        return _sound(name)
    said = reading(f"{_FAMILY[0]}{name}")
    return _sound(said.removeprefix(_FAMILY[1]) if said.startswith(_FAMILY[1]) else name)


@lru_cache(maxsize=8192)
def _word(text: str) -> str:
    return fold(text)


@lru_cache(maxsize=32768)
def _born(text: str) -> str:
    found = _DATE.search(unicodedata.normalize("NFKC", text))
    return f"{found[1]}{int(found[2]):02}{int(found[3]):02}" if found else ""


def person_keys(one: Person) -> Iterator[tuple[str, str]]:
    """(kind, key): whoever has one of them in common is compared, unless too many have it."""
    full, sound, firm, site = one.full, one.sound, one.firm.core, one.site
    if full:
        yield "person", full
    if sound:
        yield "sound", sound
    for place in {firm, site.city, *one.domains} - {""}:
        yield "name at", f"{sound}|{place}"
        if one.given_sound:
            yield "given at", f"{one.given_sound}|{place}"
        if one.family:
            yield "family at", f"{one.family_sound}|{one.given_sound[:1]}|{place}"
    for number in one.mobiles:
        yield "mobile", number
    for number in one.phones:
        yield "phone", number
        yield "phone name", f"{number}|{one.family_sound[:2]}"
    for mail in one.mails:
        yield "mail", mail
    if site.key:
        yield "site", site.key
        yield "site name", f"{site.key}|{one.given_sound[:3]}"
    if one.born:
        yield "born", one.born
    if one.number:
        yield "number", one.number
