"""A list as it was asked for; pages are walked by key, never by number of rows, and counting stops early."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import ExpressionWrapper, FloatField, Q

from daifuku.foundation.sql import JsonNumber
from daifuku.foundation.sql.keyset import RowsAfter
from daifuku.foundation.sql.prepared import by_keys
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.conditions import Condition
from daifuku.records.listing import cursor as cursors
from daifuku.records.listing import sorting
from daifuku.records.listing.cursor import Cursor
from daifuku.records.listing.linked import fetch_linked
from daifuku.records.listing.sorting import Segment, Sort
from daifuku.staff.viewer import Viewer

LARGEST_PAGE = 500


@dataclass(frozen=True)
class Page:
    """`next` and `previous` are cursors for `Listing.page(after=...)`; empty where there is nothing."""

    rows: list[Any]
    next: str = ""
    previous: str = ""


def query(
    object_key: str,
    viewer: Viewer,
    condition: Condition | None = None,
    search: str = "",
    sort: str = sorting.DEFAULT,
    *,
    today: date,
    columns: Sequence[str] | None = None,
) -> Listing:
    """The list of this object for this viewer. Raises Invalid for a sort that does not exist.

    `columns` are the fields that will be shown: what they link to is fetched along with the rows.
    """
    object_type = registry.get(object_key)
    rows = object_type.model.objects.visible_to(viewer)
    if condition:
        rows = rows.filter(condition.q(viewer, today))
    if search.strip():
        from daifuku.records import search as index

        rows = index.narrow(rows, search, object_key, viewer)
    shown = vocabulary.fields_for(viewer, object_key)
    chosen = [field.key for field in shown.values() if field.listed] if columns is None else columns
    columns_shown = [shown[key] for key in chosen if key in shown]
    return Listing(object_type, rows, sorting.read(sort, object_type, viewer), columns_shown)


class Listing:
    def __init__(self, object_type: ObjectType, rows: Any, sort: Sort, columns: Sequence[Any]) -> None:
        self.object_type, self.rows, self.sort, self.columns = object_type, rows, sort, columns

    def narrowed(self, part: Q) -> Listing:
        """The same list with fewer rows: a column of a board."""
        return Listing(self.object_type, self.rows.filter(part), self.sort, self.columns)

    def page(self, after: str = "", size: int = 50, *, linked: bool = True) -> Page:
        """The rows that follow `after` (a cursor of another page), or the first ones. Raises Invalid (cursor).

        Whoever puts several pages together fetches for all of them what they link to, and says so by `linked`.
        """
        size = max(1, min(size, LARGEST_PAGE))
        start = self._read(after) if after else None
        backwards = start is not None and start.backwards
        found = self._walk(start, size + 1, backwards)
        more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()
        rows = [row for _segment, row in found]
        if linked:
            fetch_linked(rows, self.columns)
        has_next, has_previous = (
            (bool(found), more) if backwards else (more, bool(found) and start is not None)
        )
        return Page(
            rows,
            self._write(*found[-1], backwards=False) if has_next else "",
            self._write(*found[0], backwards=True) if has_previous else "",
        )

    def count(self, limit: int = 1000) -> tuple[int, bool]:
        """How many there are, and whether there are more: nobody waits for the exact number of a million."""
        number = self.rows.order_by()[: limit + 1].count()
        return min(number, limit), number > limit

    def each(self, size: int = LARGEST_PAGE) -> Iterator[Any]:
        """All rows in order, fetched in portions, for files."""
        start: Cursor | None = None
        while found := self._walk(start, size, backwards=False):
            rows = [row for _segment, row in found]
            fetch_linked(rows, self.columns)
            yield from rows
            start = self._at(*found[-1], backwards=False)

    def neighbours(self, record: Any) -> tuple[Any, Any]:
        """The record before and the one after this one in the list; None at the ends, or if it is not in the list."""
        for number, segment in enumerate(self.sort.segments):
            row = self._with_keys(segment).filter(segment.rows, pk=record.pk).first()
            if row is not None:
                near = []
                for backwards in (True, False):
                    found = self._walk(self._at(number, row, backwards=backwards), 1, backwards)
                    near.append(found[0][1] if found else None)
                return near[0], near[1]
        return None, None

    def _walk(self, start: Cursor | None, size: int, backwards: bool) -> list[tuple[int, Any]]:
        """At most `size` rows with their segment, from `start` on in the given direction."""
        found: list[tuple[int, Any]] = []
        numbers = range(len(self.sort.segments))
        descending = self.sort.descending != backwards
        for number in reversed(numbers) if backwards else numbers:
            if start and (number > start.segment if backwards else number < start.segment):
                continue
            segment = self.sort.segments[number]
            rows = self._with_keys(segment).filter(segment.rows)
            if start and number == start.segment:
                rows = rows.filter(RowsAfter(*segment.columns, values=start.values, before=descending))
            order = [_ordered(column, descending) for column in segment.columns]
            found += [(number, row) for row in self._fetched(rows.order_by(*order)[: size - len(found)])]
            if len(found) >= size:
                break
        return found

    def _fetched(self, rows: Any) -> list[Any]:
        """Keys are found first and whole rows fetched for those that are shown: sorting whole rows would read the
        entire list where no index gives the order, and the question for whole rows has always the same words.
        """
        names = [name for name in rows.query.annotations if name.startswith("_key")]
        places = list(rows.values_list("pk", *names))
        whole = {row.pk: row for row in by_keys(self.object_type.model)([place[0] for place in places])}
        fetched = []
        for key, *values in places:
            if row := whole.get(key):
                row.__dict__.update(zip(names, values, strict=True))
                fetched.append(row)
        return fetched

    def _with_keys(self, segment: Segment) -> Any:
        keys = {f"_key{number}": _exact(column) for number, column in enumerate(segment.columns)}
        return self.rows.annotate(**keys)

    def _at(self, number: int, row: Any, *, backwards: bool) -> Cursor:
        columns = self.sort.segments[number].columns
        return Cursor(number, tuple(getattr(row, f"_key{place}") for place in range(len(columns))), backwards)

    @property
    def _bound_to(self) -> str:
        return f"{self.object_type.key}:{self.sort.written}"

    def _write(self, number: int, row: Any, *, backwards: bool) -> str:
        return cursors.write(self._at(number, row, backwards=backwards), self._bound_to)

    def _read(self, text: str) -> Cursor:
        start = cursors.read(text, self._bound_to)
        segments = self.sort.segments
        if start.segment >= len(segments) or len(start.values) != len(segments[start.segment].columns):
            raise cursors.refused()
        return start


def _ordered(column: Any, descending: bool) -> Any:
    return column.desc() if descending else column.asc()


def _exact(column: Any) -> Any:
    """A number out of JSON comes back just as the engine compares it: rounding would skip or repeat a row."""
    return ExpressionWrapper(column, FloatField()) if isinstance(column, JsonNumber) else column
