"""The table in which targets are typed: whose rows it has, what stands in it, what somebody typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from daifuku.forecast import reading, whose
from daifuku.forecast.actions import Cell
from daifuku.forecast.models import setting
from daifuku.forecast.reading import Span
from daifuku.forecast.whose import Seen, Whose
from daifuku.foundation import calendar
from daifuku.foundation.whole import whole
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import Viewer

KINDS = ("people", "teams", "groups")


@dataclass(frozen=True)
class Row:
    """`key` is its part of the names of its cells."""

    key: str
    name: str
    owner: Person | None = None
    team: Team | None = None
    group: str = ""


@dataclass
class Box:
    """One cell as the page shows it: what stands there, what was typed, what is wrong with it."""

    name: str
    label: str
    value: str
    was: str
    error: str = ""


@dataclass(frozen=True)
class Grid:
    """`of` is whose product groups are meant."""

    kind: str
    year: Span
    rows: list[Row]
    of: Whose
    boxes: list[tuple[Row, list[Box]]] = field(default_factory=list)


def rows_of(kind: str, of: Whose, viewer: Viewer, seen: Seen) -> list[Row]:
    """As far as this person may set targets."""
    reach = viewer.reach("target", "edit")
    if kind == "people":
        people = [p for p in seen.people if reach.everyone or p.pk in reach.people]
        return [Row(f"p-{person.uid}", str(person), owner=person) for person in people]
    if kind == "teams":
        firm = [Row("firm", _("会社全体"))] if reach.everyone else []
        teams = [team for team in seen.teams if reach.everyone or team.pk in reach.teams]
        return [*firm, *(Row(f"t-{team.pk}", str(team), team=team) for team in teams)]
    if of.people is None and not reach.everyone:
        return []
    options: Any = vocabulary.fields_of("product")["group"].type
    return [
        Row(f"g-{option.key}", option.name, of.person, of.team, option.key) for option in options.options
        if of.person or of.team or of.people is None
    ]  # fmt: skip


def grid(kind: str, year: int, of: Whose, viewer: Viewer, seen: Seen) -> Grid:
    span = reading.fiscal_year(year)
    return Grid(kind, span, rows_of(kind, of, viewer, seen), of)


def filled(table: Grid, viewer: Viewer, *, typed: Mapping[str, str], errors: Mapping[str, str]) -> Grid:
    """What stands there now; what was typed takes its place."""
    known = amounts(table, table.year, viewer)
    boxes = []
    for row in table.rows:
        cells = []
        for month in table.year.months():
            name = f"{row.key}.{month:%Y-%m}"
            now = known.get((row.key, month), 0)
            label = _("%(name)s %(year)s年%(month)s月") % {
                "name": row.name,
                "year": month.year,
                "month": month.month,
            }
            was = typed.get(f"was.{name}", str(now or ""))
            value = typed.get(name, f"{now:,d}" if now else "")
            cells.append(
                Box(name, label, value, was if name not in errors else str(now or ""), errors.get(name, ""))
            )
        boxes.append((row, cells))
    return Grid(table.kind, table.year, table.rows, table.of, boxes)


def amounts(table: Grid, span: Span, viewer: Viewer) -> dict[tuple[str, date], int]:
    """By row and month."""
    by = {(_pk(row.owner), _pk(row.team), row.group): row for row in table.rows}
    found = {}
    for target in reading.targets(span, viewer):
        row = by.get((target.owner_id, target.team_id, target.group))
        if row is not None:
            found[row.key, target.month] = target.amount
    return found


def _pk(who: Person | Team | None) -> int | None:
    return None if who is None else who.pk


def copied(table: Grid, what: str, per_cent: int, viewer: Viewer) -> dict[str, str]:
    """So much per cent of last year's targets or actual figures, to the thousand, as if somebody had typed them."""
    before = table.year.year_before()
    old = amounts(table, before, viewer) if what == "targets" else _actual(table, before, viewer)
    return {
        f"{key}.{calendar.add_months(month, 12):%Y-%m}": f"{(amount * per_cent + 50_000) // 100_000 * 1000:,d}"
        for (key, month), amount in old.items()
        if amount > 0
    }


def _actual(table: Grid, span: Span, viewer: Viewer) -> dict[tuple[str, date], int]:
    offered = reading.offered(viewer)
    if not offered:
        return {}
    basis = next((source for source in offered if source.key == setting().basis), offered[0])
    found: dict[tuple[str, date], int] = {}
    members = whose.seen_by(viewer).members
    for each in reading.sums(basis, span, viewer, table.of.people if table.kind == "groups" else None):
        for row in _meant(table, each, members):
            found[row.key, each.month] = found.get((row.key, each.month), 0) + each.amount
    return found


def _meant(table: Grid, each: reading.Sums, members: Mapping[int, frozenset[int]]) -> Iterator[Row]:
    for row in table.rows:
        if table.kind == "groups":
            meant = row.group == each.part
        elif row.owner is not None:
            meant = row.owner.pk == each.owner
        else:
            meant = row.team is None or each.owner in members.get(row.team.pk, frozenset())
        if meant:
            yield row


def cells_of(table: Grid, sent: Mapping[str, str]) -> list[Cell]:
    """What was sent of the cells of this table; what the table does not have is passed over."""
    found = []
    for row in table.rows:
        for month in table.year.months():
            name = f"{row.key}.{month:%Y-%m}"
            if name in sent:
                was = whole(sent.get(f"was.{name}") or "0")
                found.append(Cell(name, month, sent[name], row.owner, row.team, row.group, was or 0))
    return found
