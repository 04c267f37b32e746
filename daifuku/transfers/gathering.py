"""Rows of a file that are one record together: an order with its lines, its number in each row or in the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from daifuku.records.catalogue import vocabulary
from daifuku.transfers.converting import Converter, Values
from daifuku.transfers.reading.cells import Cell


class Rows(list[Cell]):
    """The cells of the first row; `more` are the other rows with their lines, `reasons` what they contradict."""

    def __init__(self, cells: list[Cell]) -> None:
        super().__init__(cells)
        self.more: list[tuple[int, list[Cell]]] = []
        self.reasons: list[str] = []


class Gathering:
    """A table whose rows are told one record at a time, each at the line of its first row."""

    def __init__(self, table: Any, converter: Converter) -> None:
        self.table, self.converter = table, converter
        assert converter.gathered is not None
        self.gathered = converter.gathered

    def rows(self) -> Iterator[tuple[int, Rows]]:
        open_: tuple[int, Rows] | None = None
        first: Values = {}
        for line, cells in self.table.rows():
            values = self.converter.of_row(cells)
            if open_ is not None and self._belongs(values, first):
                open_[1].more.append((line, cells))
                open_[1].reasons += self._contradicts(values, first)
                continue
            if open_ is not None:
                yield open_
            open_, first = (line, Rows(cells)), values
        if open_ is not None:
            yield open_

    def _belongs(self, values: Values, first: Values) -> bool:
        number = values.get(self.gathered.by)
        if number not in (None, ""):
            return bool(str(number).strip() == str(first.get(self.gathered.by) or "").strip())
        return not self._head(values)

    def _head(self, values: Values) -> Values:
        return {
            key: value
            for key, value in values.items()
            if not key.startswith(self.converter.prefix)
            and value not in (None, "")
            and key not in self.converter.constants
        }

    def _contradicts(self, values: Values, first: Values) -> list[str]:
        """Another customer under the same number: one of the rows is wrong."""
        fields = vocabulary.fields_of(self.converter.object_key)
        sentence = _("同じ番号の行で「%(field)s」が違います。そろえるか、番号を分けてください。")
        return [
            sentence % {"field": fields[key].name}
            for key, value in self._head(values).items()
            if key in fields and key not in self.gathered.of_row and str(value) != str(first.get(key, value))
        ]


def size(cells: Any) -> int:
    """How many rows of the file this record is."""
    return 1 + len(getattr(cells, "more", ()))
