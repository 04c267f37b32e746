"""The kinds of fields. `TYPES` are those that somebody fills, `KINDS` all that an administrator may add, by key."""

from __future__ import annotations

from typing import Any

from daifuku.records.catalogue.types.address import Address
from daifuku.records.catalogue.types.base import FieldType, Refused
from daifuku.records.catalogue.types.choice import Choice, HasOptions, MultiChoice, Option, YesNo
from daifuku.records.catalogue.types.computed import COMPUTED, RESULTS, Formula, Rollup, kept_as
from daifuku.records.catalogue.types.file import FileLink
from daifuku.records.catalogue.types.link import PersonLink, RecordLink, TeamLink
from daifuku.records.catalogue.types.members import Members
from daifuku.records.catalogue.types.moment import Date, DateTime
from daifuku.records.catalogue.types.number import DecimalNumber, Integer, Money, Percent
from daifuku.records.catalogue.types.text import (
    CorporateNumber,
    Email,
    InvoiceNumber,
    Kana,
    LongText,
    Phone,
    PostalCode,
    Text,
    Url,
)

TYPES: dict[str, type[FieldType]] = {
    kind.key: kind
    for kind in (
        Text, LongText, Integer, DecimalNumber, Money, Percent, Date, DateTime, Choice, MultiChoice, YesNo,
        Email, Phone, Url, Address, PersonLink, RecordLink, FileLink,
    )
}  # fmt: skip
KINDS: dict[str, type[FieldType]] = TYPES | COMPUTED


def build(key: str, options: dict[str, Any]) -> FieldType:
    """The type of a custom field with its options: `longest`, `places`, `target`, `result`."""
    key = kept_as(key, options)
    kind = TYPES[key]
    wanted = {"text": ("longest",), "decimal": ("places",), "percent": ("places",), "record": ("target",)}
    return kind(**{name: options[name] for name in wanted.get(key, ()) if name in options})


__all__ = [
    "COMPUTED",
    "KINDS",
    "RESULTS",
    "TYPES",
    "Address",
    "Choice",
    "CorporateNumber",
    "Date",
    "DateTime",
    "DecimalNumber",
    "Email",
    "FieldType",
    "FileLink",
    "HasOptions",
    "Formula",
    "Integer",
    "InvoiceNumber",
    "Kana",
    "LongText",
    "Members",
    "Money",
    "MultiChoice",
    "Option",
    "Percent",
    "PersonLink",
    "Phone",
    "PostalCode",
    "RecordLink",
    "Refused",
    "Rollup",
    "TeamLink",
    "Text",
    "Url",
    "YesNo",
    "build",
    "kept_as",
]
