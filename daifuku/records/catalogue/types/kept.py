"""What stands in a record's `custom`, read with care: a field whose type has changed may still find the old values."""

from __future__ import annotations

from decimal import InvalidOperation
from typing import Any

from daifuku.records.catalogue.types.address import Address
from daifuku.records.catalogue.types.base import FieldType
from daifuku.records.catalogue.types.choice import MultiChoice, YesNo
from daifuku.records.catalogue.types.link import _Link


def is_nested(kind: FieldType) -> bool:
    """Is a value of this kind a list or an object in JSON?"""
    return isinstance(kind, MultiChoice | Address | _Link)


def has_shape(kind: FieldType, value: Any) -> bool:
    if isinstance(kind, MultiChoice):
        return isinstance(value, list)
    if isinstance(kind, Address | _Link):
        return isinstance(value, dict)
    if isinstance(kind, YesNo):
        return value in {"yes", "no"}
    return isinstance(value, int | str if kind.numeric else str)


def read_kept(kind: FieldType, value: Any) -> Any:
    """The value as Python, `empty` where it is not of this kind: one old value must not stop a list."""
    if not has_shape(kind, value):
        return kind.from_json(None)
    try:
        return kind.from_json(value)
    except (ValueError, TypeError, KeyError, InvalidOperation):
        return kind.from_json(None)
