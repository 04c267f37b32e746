"""A firm as it is compared, and the keys under which it is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from daifuku.dedupe.matching.names import NAMELESS, FirmName, firm_name
from daifuku.dedupe.matching.reach import domain, host, mails, phones
from daifuku.dedupe.matching.site import NOWHERE, Site, site_of
from daifuku.foundation.japanese import fold, romaji_key, split_form

_NOT_DIGITS = re.compile("[^0-9]")


class Firm(NamedTuple):
    """`phones` are those to call and those to fax together: they are mixed up often."""

    name: FirmName = NAMELESS
    kana: str = ""
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    site: Site = NOWHERE
    number: str = ""
    head: str = ""
    call: tuple[str, ...] = ()
    fax: tuple[str, ...] = ()


def firm_of(values: Mapping[str, str]) -> Firm:
    """From the fields of an account, as they were typed."""
    get = values.get
    kana = get("kana") or ""
    own = mails(get("email") or "")
    website = host(get("website") or "") if get("website") else ""
    hosts = {each for each in (website, *(domain(mail) for mail in own)) if each}
    call, fax = phones(get("phone") or ""), phones(get("fax") or "")
    return Firm(
        firm_name(get("name") or ""),
        romaji_key(split_form(kana)[0]) if kana else "",
        tuple(sorted({*call, *fax})),
        own,
        tuple(sorted(hosts)) if len(hosts) > 1 else tuple(hosts),
        site_of(
            get("prefecture") or "", get("city") or "", get("street") or "", get("building") or "",
            get("postal_code") or "",
        ),
        number(get("corporate_number") or "") or number(get("invoice_number") or ""),
        fold(get("representative") or ""),
        call, fax,
    )  # fmt: skip


def number(text: str) -> str:
    """Thirteen digits, or nothing."""
    digits = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", text)) if text else ""
    return digits if len(digits) == 13 else ""


def firm_keys(firm: Firm) -> Iterator[tuple[str, str]]:
    """(kind, key): whoever has one of them in common is compared, unless too many have it."""
    name, site = firm.name, firm.site
    if name.core:
        yield "name", name.core
        if site.city:
            yield "name city", f"{name.core}|{site.city}"
    sounds = {each for each in (name.sound, firm.kana) if len(each) > 2}
    for sound in sounds:
        yield "sound", sound
        if site.city:
            yield "sound city", f"{sound[:5]}|{site.city}|{site.town}"
    for phone in firm.phones:
        yield "phone", phone
    for mail in firm.mails:
        yield "mail", mail
    for each in firm.domains:
        yield "domain", each
    if site.key:
        yield "site", site.key
    if firm.number:
        yield "number", firm.number
    if firm.head and name.core:
        yield "head", f"{firm.head}|{name.core[:2]}"
