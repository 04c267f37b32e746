"""How the fields of records stand in formulas: as numbers, words, days, yes and no; and how a result is kept."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Date, DateTime, FieldType, FileLink, Percent, RecordLink, YesNo
from daifuku.records.catalogue.types.number import LARGEST
from daifuku.records.formulas.functions.numbers import rounded
from daifuku.records.formulas.functions.words import as_text
from daifuku.records.formulas.syntax import Kind

TOKYO = ZoneInfo("Asia/Tokyo")
LONGEST_RESULT = 255
RESULT_OF: dict[Kind, tuple[str, ...]] = {
    Kind.NUMBER: ("decimal", "integer", "money", "percent"),
    Kind.TEXT: ("text",),
    Kind.DAY: ("date",),
    Kind.TRUTH: ("yes_no",),
    Kind.BLANK: ("text",),
}


def kind_of(field: Field) -> Kind | None:
    """What the field gives in a formula; None for a link (one goes on to a field behind it), for a file, and for the
    moment of the last change, which is not known before the change is done."""
    kind = field.type
    if isinstance(kind, RecordLink | FileLink) or field.attribute == "updated_at":
        return None
    if kind.numeric:
        return Kind.NUMBER
    if isinstance(kind, YesNo):
        return Kind.TRUTH
    return Kind.DAY if isinstance(kind, Date | DateTime) else Kind.TEXT


def value_of(field: Field, value: Any) -> Any:
    """Decimal, str, date, bool or None: per cent are a hundredth, choices the word that people read."""
    kind = field.type
    if kind.is_empty(value):
        return None
    if kind.numeric:
        return Decimal(value) / 100 if isinstance(kind, Percent) else Decimal(value)
    if isinstance(kind, YesNo):
        return bool(value)
    if isinstance(value, datetime):
        return timezone.localtime(value, TOKYO).date()
    return value if isinstance(value, date) else kind.display(value)


def fit(kind: FieldType, value: Any) -> Any:
    """The result as a value of this type, rounded half up; blank where it is none that can be kept."""
    if value is None:
        return None
    if kind.numeric:
        if not isinstance(value, Decimal):
            return None
        number = value * 100 if isinstance(kind, Percent) else value
        if abs(number) >= LARGEST:
            return None
        return kind.keep(rounded(number, getattr(kind, "places", 0)))  # type: ignore[attr-defined]
    if isinstance(kind, YesNo):
        return value if isinstance(value, bool) else None
    if isinstance(kind, Date):
        return value if isinstance(value, date) else None
    text = " ".join(as_text(value).split())
    return text if len(text) <= LONGEST_RESULT else f"{text[: LONGEST_RESULT - 1]}…"
