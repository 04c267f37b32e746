"""What stands in a column of an exported file: for reading, or so exact that the file can be brought in again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Address, Choice, FieldType, MultiChoice, PersonLink, RecordLink
from daifuku.records.scope import sees
from daifuku.records.showing import hidden_name
from daifuku.staff.viewer import Viewer

UID_HEADING = "記録番号"


@dataclass(frozen=True)
class Column:
    """`value(record)` is text, a number, a day, an instant, or None."""

    heading: str
    value: Callable[[Any], Any]


def columns_of(fields: Iterable[Field], viewer: Viewer, *, again: bool) -> list[Column]:
    """With `again` the number of the record comes first, and links are written so that they are found again."""
    columns = [Column(UID_HEADING, lambda record: str(record.uid))] if again else []
    taken = {column.heading for column in columns}
    for field in fields:
        if field.type.key == "file":
            continue
        heading = _free(field.name, taken)
        taken.add(heading)
        columns.append(Column(heading, _reader(field, viewer, again)))
    return columns


def _free(heading: str, taken: set[str]) -> str:
    number = 2
    free = heading
    while free in taken:
        free, number = f"{heading} ({number})", number + 1
    return free


def _reader(field: Field, viewer: Viewer, again: bool) -> Callable[[Any], Any]:
    read = field.get if field.custom else attrgetter(field.attribute)
    is_empty = field.type.is_empty
    written = _writer(field.type, viewer, again)

    def cell(record: Any) -> Any:
        value = read(record)
        return None if is_empty(value) else written(value)

    return cell


def _writer(kind: FieldType, viewer: Viewer, again: bool) -> Callable[[Any], Any]:
    """How a value that is there is written; chosen once for all rows."""
    if isinstance(kind, RecordLink):
        return lambda other: _link(other, viewer, again)
    if again and isinstance(kind, PersonLink):
        return lambda person: person.email
    if again and isinstance(kind, Address):
        return lambda address: json.dumps(address, ensure_ascii=False)
    if kind.numeric:
        return _number
    # The words of choices do not change while a file is written, nor does its language.
    return (
        cache(kind.export) if isinstance(kind, Choice) and not isinstance(kind, MultiChoice) else kind.export
    )


def _link(other: Any, viewer: Viewer, again: bool) -> Any:
    """What the person may not see has no name here either, and a file that comes back leaves it as it is."""
    if not sees(viewer, other, "view"):
        return None if again else hidden_name(other.object_key)
    return str(other.uid) if again else str(other)


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def ways() -> dict[str, str]:
    """The two kinds of export."""
    return {
        "read": _("見る・渡すため"),
        "again": _("直して取り込み直すため（記録番号が付き、関連する記録も番号で書き出します）"),
    }
