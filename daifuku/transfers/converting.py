"""From the cells of a line to raw values of fields: joined, cut, and freed of what Excel does to numbers and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Date, DateTime, LongText, Phone, PostalCode, YesNo
from daifuku.staff.viewer import Viewer
from daifuku.transfers.mapping import joins
from daifuku.transfers.reading.cells import Cell, as_text
from daifuku.transfers.reading.workbook import day_of_serial
from daifuku.transfers.targets import UID, Target, targets_for

Values = dict[str, Any]


class Converter:
    """Made once for a file; `empty_too` brings empty cells as empty values, else they are left out. `constants` stand
    where the row has no value."""

    def __init__(
        self,
        targets: Sequence[str],
        object_key: str,
        viewer: Viewer,
        *,
        empty_too: bool,
        constants: Mapping[str, str] | None = None,
    ) -> None:
        known = targets_for(viewer, object_key)
        self.width, self.empty_too = len(targets), empty_too
        self.object_key = object_key
        self.gathered = registry.get(object_key).gathered
        self.prefix = f"{self.gathered.field}." if self.gathered else ""
        self.columns = [(n, known[target]) for n, target in enumerate(targets) if target in known]
        self.constants = {key: value for key, value in (constants or {}).items() if key in known and value}
        # Whole addresses and names first, so that a column of its own for a part counts more.
        self.columns.sort(key=lambda column: column[1].composite is None)
        many = [target.key for _number, target in self.columns if joins(target)]
        self.joined = {key for key in many if many.count(key) > 1}

    def values(self, cells: Sequence[Cell]) -> Values:
        """Of rows that are one record together: what the first says of it, and what each says of its part."""
        values = self.of_row(cells)
        if self.gathered is None:
            return values
        rows = [values, *(self.of_row(row) for _line, row in getattr(cells, "more", ()))]
        parts = [part for row in rows if (part := self._part(row, values))]
        head = {key: value for key, value in values.items() if not key.startswith(self.prefix)}
        return {**head, self.gathered.field: parts} if parts else head

    def _part(self, row: Values, first: Values) -> Values:
        assert self.gathered is not None
        part = {
            key.removeprefix(self.prefix): value for key, value in row.items() if key.startswith(self.prefix)
        }
        for key, of_row in self.gathered.of_row.items():
            if part and row.get(key) not in (None, "", first.get(key)):
                part.setdefault(of_row, row[key])
        return part

    def of_row(self, cells: Sequence[Cell]) -> Values:
        values: Values = {}
        for number, target in self.columns:
            cell = cells[number] if number < len(cells) else None
            if cell is None or (isinstance(cell, str) and not cell.strip()):
                if self.empty_too and target.field:
                    values.setdefault(target.key, None)
                continue
            self._put(values, target, cell)
        for key, value in self.constants.items():
            if values.get(key) in (None, ""):
                values[key] = value
        return values

    def problems(self, cells: Sequence[Cell]) -> list[str]:
        rows = [cells, *(row for _line, row in getattr(cells, "more", ()))]
        extra = [cell for row in rows for cell in row[self.width :] if as_text(cell).strip()]
        if not extra:
            return list(getattr(cells, "reasons", ()))
        return [
            str(
                _(
                    "列が見出しより多くあります（見出し%(headers)s列、この行%(cells)s列）。カンマや引用符を確認してください。"
                )
                % {"headers": self.width, "cells": len(cells)}
            )
        ]

    def _put(self, values: Values, target: Target, cell: Cell) -> None:
        if target.composite:
            parts = target.composite.split(as_text(cell))
            if target.key in self.joined and "street" in values and parts.keys() <= {"street"}:
                parts = {"street": f"{values['street']}{parts.get('street', '')}"}
            values.update(parts)
        elif target.part:
            values[target.key] = raw_value(target.part, cell)
        elif target.key == UID:
            values[UID] = as_text(cell).strip()
        elif target.field and target.key in self.joined and values.get(target.key):
            between = "\n" if isinstance(target.field.type, LongText) else ""
            values[target.key] = f"{values[target.key]}{between}{as_text(cell)}"
        elif target.field:
            values[target.key] = raw_value(target.field, cell)


def raw_value(field: Field, cell: Cell) -> Any:
    """What the field's `clean` is given: it knows text best, numbers as numbers and days as days."""
    kind = field.type
    if isinstance(cell, bool) and isinstance(kind, YesNo):
        return cell
    number = float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None
    if number is None:
        is_moment = isinstance(cell, date | datetime) and isinstance(kind, Date | DateTime)
        return cell if is_moment else as_text(cell)
    if kind.numeric:
        return int(number) if number.is_integer() else number
    return _number_in_text(kind, number)


def _number_in_text(kind: Any, number: float) -> Any:
    """Excel takes the leading zero of 052-… and of 〒060-…, and keeps days as numbers."""
    text = as_text(number)
    if isinstance(kind, PostalCode):
        return text.zfill(7)
    if isinstance(kind, Phone) and len(text) in {9, 10} and not text.startswith("0"):
        return f"0{text}"
    if isinstance(kind, Date) and len(text.split(".")[0]) < 8:
        return day_of_serial(number) or text
    if isinstance(kind, DateTime) and len(text.split(".")[0]) < 8 and day_of_serial(number):
        return (datetime(1899, 12, 30) + timedelta(days=number)).replace(microsecond=0)  # noqa: DTZ001 - local time
    return text
