"""What of a record is compared: as a firm, as a person, or (a lead) as both."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from daifuku.dedupe.matching.firm import Firm, firm_of
from daifuku.dedupe.matching.person import Person, given_sound, person_of
from daifuku.dedupe.models import Way
from daifuku.foundation.japanese import romaji_key

ADDRESS = ("postal_code", "prefecture", "city", "street", "building")
ACCOUNT = (
    "name", "kana", "phone", "fax", "email", "website", "corporate_number", "invoice_number", "representative",
    *ADDRESS,
)  # fmt: skip
CONTACT = (
    "family_name", "given_name", "family_kana", "given_kana", "phone", "mobile", "email", "other_email", "birthday",
    "department", "title",
    *ADDRESS,
)  # fmt: skip
LEAD = (
    "family_name", "given_name", "family_kana", "given_kana", "company", "phone", "direct_phone", "mobile", "email",
    "department", "title", *ADDRESS,
)  # fmt: skip
# What of a lead tells of the firm, and under which name.
LEADS_FIRM = {
    "company": "name", "company_kana": "kana", "phone": "phone", "fax": "fax", "email": "email", "website": "website",
    "corporate_number": "corporate_number", "representative": "representative", **{each: each for each in ADDRESS},
}  # fmt: skip
FIELDS = {"contact": CONTACT, "lead": LEAD}
# What is compared with what, and as what.
WAYS: dict[tuple[str, str], Way] = {
    ("account", "account"): Way.FIRM, ("account", "lead"): Way.FIRM, ("contact", "contact"): Way.PERSON,
    ("contact", "lead"): Way.PERSON, ("lead", "lead"): Way.PERSON,
}  # fmt: skip


def way_of(one: str, other: str) -> Way:
    return WAYS[min(one, other), max(one, other)]


def firm_from(record: Any, hidden: Collection[str] = ()) -> Firm:
    """An account, or the firm of a lead; what is hidden does not count."""
    if record.object_key == "lead":
        names: Iterable[tuple[str, str]] = LEADS_FIRM.items()
    else:
        names = ((each, each) for each in ACCOUNT)
    return _firm(tuple((name, getattr(record, own) or "") for own, name in names if own not in hidden))


def person_from(record: Any, hidden: Collection[str] = ()) -> Person:
    """A contact or a lead."""
    values = [
        (name, str(getattr(record, name) or "")) for name in FIELDS[record.object_key] if name not in hidden
    ]
    if record.object_key == "contact" and "account" not in hidden and record.account_id:
        values.append(("company", record.account.name))
    return _person(tuple(values))


# While one types, and where many are looked up, it is the same few records again and again.
@lru_cache(4_096)
def _firm(values: tuple[tuple[str, str], ...]) -> Firm:
    return firm_of(dict(values))


@lru_cache(4_096)
def _person(values: tuple[tuple[str, str], ...]) -> Person:
    return person_of(dict(values))


def compared_as(record: Any, way: Way, hidden: Collection[str] = ()) -> Any:
    return firm_from(record, hidden) if way == Way.FIRM else person_from(record, hidden)


def more_keys(record: Any) -> Iterable[tuple[str, str]]:
    """What a record is found by besides name, phone, mail and number: stem and sound of the name, domain, site."""
    if record.object_key == "lead" and record.converted_at is not None:
        return
    if record.object_key == "account" or (record.object_key == "lead" and record.company):
        firm = firm_from(record)
        if firm.name.core:
            yield "core", firm.name.core
        for sound in {firm.name.sound, firm.kana}:
            if len(sound) > 2:
                yield "firm sound", sound
        if record.object_key == "account":
            for domain in firm.domains:
                yield "domain", domain
            if firm.site.key:
                yield "site", firm.site.key
    if record.object_key != "account":
        family, given = record.family_kana or record.family_name, record.given_kana or record.given_name
        sounds = sorted(filter(None, (romaji_key(family), given_sound(given))))
        if len(sounds) == 2:
            yield "sound", "|".join(sounds)
