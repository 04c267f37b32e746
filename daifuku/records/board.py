"""A list as a board: a column for each choice of a field, its records as cards, how many and how much at its head."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.records import grouping
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Option
from daifuku.records.conditions import parse_leniently
from daifuku.records.grouping import Group
from daifuku.records.listing import Listing
from daifuku.records.listing.linked import fetch_linked
from daifuku.records.listing.listing import Page
from daifuku.staff.viewer import Viewer

SIZE = 50
COUNTED = 1000
PATIENCE = 0.5
PATIENCE_FOR_CARDS = 3.0
EMPTY = "-"


@dataclass
class Column:
    """`key` is the choice, `-` for records that have none. Without `exact` there are at least `count` records;
    `late` says that its cards would have taken too long."""

    key: str
    name: str
    colour: str
    test: dict[str, Any]
    count: int = 0
    exact: bool = True
    late: bool = False
    total: Any = None
    further: tuple[Any, ...] = ()
    page: Page = field(default_factory=lambda: Page([]))


def columns_of(
    listed: Listing, by: Field, total: Field | None, viewer: Viewer, today: date, *,
    only: Iterable[str] | None = None, further: Sequence[Field] = (),
) -> list[Column]:  # fmt: skip
    """Every choice that is offered, and of the others those that have cards; of the choices in `only`, if that is said.

    `further` numbers are added up beside the total.
    """
    found = _counted(listed, by, [*([total] if total else []), *further])
    if only is not None:
        return _narrow(listed, by, frozenset(only), found, viewer, today)
    shown = [
        _column(by, option, found)
        for option in by.type.options  # type: ignore[attr-defined]
        if option.active or found is None or option.key in found
    ]
    known = {option.key for option in by.type.options}  # type: ignore[attr-defined]
    strange = [Option(key, key) for key in found or () if key is not None and key not in known]
    shown += [_column(by, option, found) for option in strange]
    shown.append(_column(by, Option(EMPTY, _("（空欄）")), found))
    wanted = [column for column in shown if found is None or column.count]
    _each_in_time(wanted, lambda column: _fetch(listed, by, column, viewer, today, counted=found is not None))
    fetch_linked([row for column in shown for row in column.page.rows], listed.columns)
    active = {option.key for option in by.type.offered()} | {EMPTY}  # type: ignore[attr-defined]
    return [column for column in shown if column.page.rows or column.late or column.key in active]


def _narrow(
    listed: Listing, by: Field, only: frozenset[str], found: dict[Any, Group] | None, viewer: Viewer, today: date
) -> list[Column]:  # fmt: skip
    shown = [_column(by, each, found) for each in by.type.options if each.key in only]  # type: ignore[attr-defined]
    wanted = [column for column in shown if found is None or column.count]
    _each_in_time(wanted, lambda column: _fetch(listed, by, column, viewer, today, counted=found is not None))
    fetch_linked([row for column in shown for row in column.page.rows], listed.columns)
    return shown


def column_of(listed: Listing, by: Field, key: str, viewer: Viewer, today: date, after: str = "") -> Column:
    """One column and a page of its cards. Raises Invalid (cursor)."""
    column = _column(by, Option(EMPTY, "") if key == EMPTY else by.type.option(key), None)  # type: ignore[attr-defined]
    narrowed = listed.narrowed(part_of(column, by, listed, viewer, today))

    def fetch(column: Column) -> None:
        column.page = narrowed.page(after=after, size=SIZE)

    _each_in_time([column], fetch)
    return column


def _each_in_time(columns: Sequence[Column], fetch: Callable[[Column], None]) -> None:
    """Whose cards take too long has none and says so; the others are there."""
    left = list(columns)
    while left:
        try:
            with at_most(PATIENCE_FOR_CARDS):
                while left:
                    fetch(left[0])
                    left.pop(0)
        except TookTooLong:
            left.pop(0).late = True


def part_of(column: Column, by: Field, listed: Listing, viewer: Viewer, today: date) -> Q:
    return parse_leniently(column.test, listed.object_type.key, viewer).q(viewer, today)


def _counted(listed: Listing, by: Field, sums: Sequence[Field]) -> dict[Any, Group] | None:
    """How many there are of each choice and how much, in one question; None where it would take too long."""
    try:
        with at_most(PATIENCE):
            return {group.key: group for group in grouping.groups_of(listed.rows, by, sums).groups}
    except TookTooLong:
        return None


def _column(by: Field, option: Option, found: dict[Any, Group] | None) -> Column:
    empty = option.key == EMPTY
    test: dict[str, Any] = {"field": by.key, "op": "empty"}
    if not empty:
        test = {"field": by.key, "op": "any_of", "value": [option.key]}
    column = Column(option.key, option.name, "" if empty else option.colour, test)
    group = (found or {}).get(None if empty else option.key)
    if group is not None:
        column.count = group.count
        column.total, *further = [*group.sums.values(), None]
        column.further = tuple(further)
    return column


def _fetch(listed: Listing, by: Field, column: Column, viewer: Viewer, today: date, *, counted: bool) -> None:
    narrowed = listed.narrowed(part_of(column, by, listed, viewer, today))
    column.page = narrowed.page(size=SIZE, linked=False)
    if counted:
        return
    column.count, column.exact = len(column.page.rows), not column.page.next
    if column.page.next:
        try:
            with at_most(PATIENCE):
                column.count, more = narrowed.count(COUNTED)
                column.exact = not more
        except TookTooLong:
            pass
