"""A list as it was asked for; pages are walked by key, never by number of rows, and counting stops early."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import ExpressionWrapper, FloatField, Q

from daifuku.foundation.sql import JsonNumber, Sorted
from daifuku.foundation.sql.keyset import RowsAfter
from daifuku.foundation.sql.prepared import Prepared, PreparedByKeys, Told, by_keys, by_keys_only
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.conditions import Condition
from daifuku.records.listing import cursor as cursors
from daifuku.records.listing import sorting
from daifuku.records.listing.cursor import Cursor
from daifuku.records.listing.kept import kept
from daifuku.records.listing.linked import fetch_linked
from daifuku.records.listing.sorting import Segment, Sort
from daifuku.records.models.record import sight_of
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

    def build() -> Any:
        rows = object_type.model.objects.visible_to(viewer)
        if condition:
            rows = rows.filter(condition.q(viewer, today))
        if search.strip():
            from daifuku.records import search as index

            rows = index.narrow(rows, search, object_key, viewer)
        return rows

    order = sorting.read(sort, object_type, viewer)
    if condition and order.field.type.few and condition.leaves_one(order.field.key):
        order = sorting.read(sorting.DEFAULT, object_type, viewer)
    shown = vocabulary.fields_for(viewer, object_key)
    chosen = [field.key for field in shown.values() if field.listed] if columns is None else columns
    known = None
    if not search.strip() and (not condition or condition.settled):
        asked = json.dumps(condition.to_json()) if condition else ""
        known = (object_key, sight_of(viewer, object_key, "view"), vocabulary.number(), asked)
    return Listing(
        object_type, build, order, [shown[key] for key in chosen if key in shown], known,
    )  # fmt: skip


class Place(NamedTuple):
    """Where a record stands in the list: in which segment, and the values that give the order there."""

    segment: int
    key: int
    values: tuple[Any, ...]

    def cursor(self, *, backwards: bool) -> Cursor:
        return Cursor(self.segment, self.values, backwards)


class Listing:
    """`build` gives all rows; `known` is what their question depends on, None where it is another one each time."""

    def __init__(
        self,
        object_type: ObjectType,
        build: Callable[[], Any],
        sort: Sort,
        columns: Sequence[Any],
        known: Hashable = None,
    ) -> None:
        self.object_type, self._build, self.sort, self.columns = object_type, build, sort, columns
        self._known = known

    @cached_property
    def rows(self) -> Any:
        return self._build()

    def narrowed(self, part: Q) -> Listing:
        """The same list with fewer rows: a column of a board."""
        return Listing(self.object_type, lambda: self.rows.filter(part), self.sort, self.columns)

    def page(self, after: str = "", size: int = 50, *, linked: bool = True) -> Page:
        """The rows that follow `after` (a cursor of another page), or the first ones. Raises Invalid (cursor).

        Whoever puts several pages together fetches for all of them what they link to, and says so by `linked`.
        """
        size = max(1, min(size, LARGEST_PAGE))
        start = self._read(after) if after else None
        backwards = start is not None and start.backwards
        places = self._walk(start, size + 1, backwards)
        more, places = len(places) > size, places[:size]
        if backwards:
            places.reverse()
        rows = self._fetched([place.key for place in places])
        if linked:
            fetch_linked(rows, self.columns)
        has_next, has_previous = (
            (bool(places), more) if backwards else (more, bool(places) and start is not None)
        )
        return Page(
            rows,
            self._write(places[-1], backwards=False) if has_next else "",
            self._write(places[0], backwards=True) if has_previous else "",
        )

    def count(self, limit: int = 1000) -> tuple[int, bool]:
        """How many there are, and whether there are more: nobody waits for the exact number of a million."""
        if self._known is None:
            number = self.rows.order_by()[: limit + 1].count()
        else:
            number = self._some(limit).count()
        return min(number, limit), number > limit

    def questions(self, *, size: int, limit: int) -> Iterator[Told]:
        """What `count` and the first `page` ask, where it is the same every time."""
        if self._known is not None:
            yield self._some(limit).told_to_count()
            yield self._first(0, size + 1, self.sort.descending).told()

    def _some(self, limit: int) -> Prepared:
        return kept((self._known, limit), lambda: self.rows.order_by().values_list("pk")[: limit + 1])

    def _first(self, number: int, size: int, descending: bool) -> Prepared:
        """The question for the first rows of a segment."""
        known = (self._known, self.sort.written, number, size, descending)
        return kept(known, lambda: self._following(self.sort.segments[number], None, descending)[:size])

    def each(self, *, also: Iterable[str] = ()) -> Iterator[Any]:
        """All rows in order, for files; of each row only what the columns need, and `also` these attributes.

        The keys are read at once: what is changed meanwhile moves no row to where it is taken twice or not at all.
        """
        kept_in = {"custom" if field.custom else field.attribute for field in self.columns}
        fetch = by_keys_only(self.object_type.model, {*kept_in, *also})
        keys = self._keys()
        for at in range(0, len(keys), LARGEST_PAGE):
            rows = self._fetched(keys[at : at + LARGEST_PAGE], fetch)
            fetch_linked(rows, self.columns)
            yield from rows

    def _keys(self) -> Sequence[int]:
        """Of all rows, in order; eight bytes for each."""
        keys = array("q")
        for segment in self.sort.segments:
            order = [_ordered(Sorted(column), self.sort.descending) for column in segment.columns]
            rows = self.rows.filter(segment.unordered).order_by(*order)
            keys.extend(rows.values_list("pk", flat=True).iterator())
        return keys

    def neighbours(self, record: Any) -> tuple[Any, Any]:
        """The record before and the one after this one in the list; None at the ends, or if it is not in the list."""
        for number, segment in enumerate(self.sort.segments):
            for row in self._with_keys(segment).filter(segment.rows, pk=record.pk):
                place = _place(number, row)
                return self._nearest(place, backwards=True), self._nearest(place, backwards=False)
        return None, None

    def _nearest(self, place: Place, *, backwards: bool) -> Any:
        near = self._walk(place.cursor(backwards=backwards), 1, backwards)
        return next(iter(self._fetched([each.key for each in near])), None)

    def _walk(self, start: Cursor | None, size: int, backwards: bool) -> list[Place]:
        """At most `size` places, from `start` on in the given direction.

        Keys are found first and whole rows fetched for those that are shown: sorting whole rows would read the
        entire list where no index gives the order, and the question for whole rows has always the same words.
        """
        found: list[Place] = []
        numbers = range(len(self.sort.segments))
        descending = self.sort.descending != backwards
        for number in reversed(numbers) if backwards else numbers:
            if start and (number > start.segment if backwards else number < start.segment):
                continue
            place = start if start and number == start.segment else None
            found += self._stretch(number, place, size - len(found), descending)
            if len(found) >= size:
                break
        return found

    def _stretch(self, number: int, start: Cursor | None, size: int, descending: bool) -> list[Place]:
        """The first rows of a segment, or those that follow a place in it."""
        if self._known is None or start:
            rows = self._following(self.sort.segments[number], start, descending)[:size]
        else:
            rows = self._first(number, size, descending)()
        return [_place(number, row) for row in rows]

    def _following(self, segment: Segment, start: Cursor | None, descending: bool) -> Any:
        """The keys of its rows in order, each with the values that give the order."""
        rows = self._with_keys(segment)
        if not (start and segment.implied and not descending):
            rows = rows.filter(segment.rows)
        if start:
            rows = rows.filter(RowsAfter(*segment.columns, values=start.values, before=descending))
        return rows.order_by(*[_ordered(column, descending) for column in segment.columns])

    def _fetched(self, keys: Sequence[int], fetch: PreparedByKeys | None = None) -> list[Any]:
        """These records in this order; one that was removed in the meantime is left out."""
        found = {row.pk: row for row in (fetch or by_keys(self.object_type.model))(keys)}
        return [found[key] for key in keys if key in found]

    def _with_keys(self, segment: Segment) -> Any:
        keys = {f"_key{number}": _exact(column) for number, column in enumerate(segment.columns)}
        return self.rows.annotate(**keys).values_list("pk", *keys)

    @property
    def _bound_to(self) -> str:
        return f"{self.object_type.key}:{self.sort.written}"

    def _write(self, place: Place, *, backwards: bool) -> str:
        return cursors.write(place.cursor(backwards=backwards), self._bound_to)

    def _read(self, text: str) -> Cursor:
        start = cursors.read(text, self._bound_to)
        segments = self.sort.segments
        if start.segment >= len(segments) or len(start.values) != len(segments[start.segment].columns):
            raise cursors.refused()
        return start


def _place(segment: int, row: Any) -> Place:
    key, *values = row
    return Place(segment, key, tuple(values))


def _ordered(column: Any, descending: bool) -> Any:
    return column.desc() if descending else column.asc()


def _exact(column: Any) -> Any:
    """A number out of JSON comes back just as the engine compares it: rounding would skip or repeat a row."""
    return ExpressionWrapper(column, FloatField()) if isinstance(column, JsonNumber) else column
