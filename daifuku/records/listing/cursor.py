"""Where a page of a list begins: signed, so that nobody can ask for a place that the program did not give him."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid

SALT = "daifuku.records.listing"


@dataclass(frozen=True)
class Cursor:
    """The values of the row that the page follows (or, `backwards`, precedes), in which segment it stands."""

    segment: int
    values: tuple[Any, ...]
    backwards: bool = False


def write(cursor: Cursor, bound_to: str) -> str:
    """`bound_to` names object and sort: the cursor is good for nothing else."""
    values = [_to_json(value) for value in cursor.values]
    return signing.dumps([cursor.segment, int(cursor.backwards), values], salt=f"{SALT}:{bound_to}")


class NoSuchPlace(Invalid):
    """Changed on its way, or given for a list in another order."""

    def __init__(self, field: str, message: object) -> None:
        super().__init__([FieldProblem(field, message, code="cursor")])


def read(text: Any, bound_to: str) -> Cursor:
    """Raises NoSuchPlace."""
    try:
        segment, backwards, values = signing.loads(text, salt=f"{SALT}:{bound_to}")
        return Cursor(segment, tuple(_from_json(value) for value in values), bool(backwards))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise refused() from error


def refused() -> NoSuchPlace:
    message = _(
        "このアドレスの示すページがありません。アドレスが途中で変わったか、一覧の並び順が変わっています。"
        "最初のページから開き直してください。"
    )
    return NoSuchPlace("cursor", message)


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, Decimal):
        return {"n": str(value)}
    return value


READ: dict[str, Callable[[str], Any]] = {"t": datetime.fromisoformat, "d": date.fromisoformat, "n": Decimal}


def _from_json(value: Any) -> Any:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return READ[kind](text)
    return value
