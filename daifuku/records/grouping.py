"""Rows put together by a field, counted and added up by the database: for boards, groups, feet of columns, the API."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Expression, F, Max, Min, Sum, TextField
from django.db.models.functions import Cast, Substr, TruncMonth
from django.utils.translation import gettext as _

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    LongText,
    MultiChoice,
    Percent,
    PersonLink,
    TeamLink,
    Text,
    YesNo,
)
from daifuku.records.catalogue.types.moment import TOKYO
from daifuku.staff.models import Person, Team

MOST = 300
FUNCTIONS: dict[str, Any] = {"sum": Sum, "avg": Avg, "min": Min, "max": Max, "count": Count}


@dataclass
class Group:
    """Rows of the same value. `test` is the part of a condition that shows only these; None where there is none.
    `short` is the name of days where there is little room."""

    key: Any
    name: str
    count: int
    sums: dict[str, Any] = field(default_factory=dict)
    averages: dict[str, Any] = field(default_factory=dict)
    colour: str = ""
    test: dict[str, Any] | None = None
    short: str = ""


@dataclass(frozen=True)
class Groups:
    """`more` where there are more values than anybody reads."""

    groups: list[Group]
    more: bool = False


def groupable(each: Field) -> bool:
    kind = each.type
    if isinstance(kind, MultiChoice | LongText):
        return False
    if isinstance(kind, DateTime):
        return not each.custom
    return isinstance(kind, Choice | PersonLink | TeamLink | YesNo | Date | Text)


def groups_of(
    rows: Any,
    by: Field,
    sums: Sequence[Field] = (),
    most: int = MOST,
    *,
    step: str = "month",
    averaged: bool = False,
) -> Groups:
    """One question for all groups; those with the most rows where there are too many. Days are put together by `step`;
    with `averaged` the average of each number is told as well."""
    added: dict[str, Any] = {f"_sum{number}": Sum(each.expression) for number, each in enumerate(sums)}
    if averaged:
        added |= {f"_of{number}": Count(each.expression) for number, each in enumerate(sums)}
    found = (
        rows.order_by()
        .annotate(_group=_expression(by))
        .values("_group")
        .annotate(_count=Count("pk"), **added)
        .order_by("-_count", "_group")
    )
    listed = list(found[: most + 1])
    together: dict[Any, Group] = {}
    for row in listed[:most]:
        key = _in_steps(by, _key(by, row["_group"]), step)
        group = together.setdefault(key, Group(key, "", 0, {each.key: None for each in sums}))
        group.count += row["_count"]
        for number, each in enumerate(sums):
            group.sums[each.key] = _plus(group.sums[each.key], exact(each, row[f"_sum{number}"]))
            if averaged:
                group.averages[each.key] = group.averages.get(each.key, 0) + row[f"_of{number}"]
    groups = list(together.values())
    for group in groups:
        for each in sums if averaged else ():
            group.averages[each.key] = mean(each, group.sums[each.key], group.averages[each.key])
    _name(by, groups)
    return Groups(_in_order(by, groups), len(listed) > most)


def totals_of(rows: Any, wanted: Iterable[tuple[Field, str]]) -> dict[str, Any]:
    """`{field: value}` for what stands at the foot of columns, in one question."""
    asked = list(wanted)
    parts = {f"_t{number}": FUNCTIONS[how](each.expression) for number, (each, how) in enumerate(asked)}
    row = rows.order_by().aggregate(**parts) if parts else {}
    return {
        each.key: row[f"_t{number}"] if how == "count" else exact(each, row[f"_t{number}"], how)
        for number, (each, how) in enumerate(asked)
    }


def exact(each: Field, value: Any, how: str = "sum") -> Any:
    """A sum as the field's own numbers are: SQLite adds what stands in JSON as floating numbers."""
    if value is None:
        return None
    number, places = Decimal(str(value)), getattr(each.type, "places", 0)
    if how == "avg" and not isinstance(each.type, Percent):
        places = max(places, 1)
    return round(number, places)


def mean(each: Field, total: Any, count: int) -> Any:
    """The average of `count` values that make this total; None where there are none."""
    return exact(each, Decimal(str(total)) / count, "avg") if count and total is not None else None


def said(each: Field, value: Any, how: str = "sum") -> str:
    """A sum as one reads it: 1,200円."""
    if value is None:
        return ""
    if how == "count":
        return f"{value:,d}"
    whole = value == value.to_integral_value() and not getattr(each.type, "places", 0)
    return (
        each.type.display(int(value))
        if whole
        else f"{value:,f}{'%' if isinstance(each.type, Percent) else ''}"
    )


def _expression(by: Field) -> Expression | F:
    """What rows are put together by. A day gives its month as `2026-11`, which both engines read off its ISO text."""
    kind = by.type
    if isinstance(kind, DateTime):
        return TruncMonth(by.expression, tzinfo=TOKYO)
    if isinstance(kind, Date):
        return Substr(Cast(by.expression, TextField()), 1, 7)
    if isinstance(kind, PersonLink | TeamLink) and not by.custom:
        return F(f"{by.attribute}_id")
    return by.expression


def _key(by: Field, value: Any) -> Any:
    """The same for nothing in a column (\"\") and nothing in JSON (NULL)."""
    if value is None or value == "":
        return None
    if isinstance(by.type, YesNo):
        return value in {True, "yes"}
    if isinstance(by.type, DateTime):
        return f"{value:%Y-%m}" if isinstance(value, datetime | date) else None
    return int(value) if isinstance(by.type, PersonLink | TeamLink) else value


def _in_steps(by: Field, key: Any, step: str) -> Any:
    """`2026-11` as `2026-Q4` or `2026` where days are put together so."""
    if step == "month" or not isinstance(key, str) or not isinstance(by.type, Date | DateTime):
        return key
    year, month = key[:4], key[5:7]
    if step == "year" or not month.isdecimal():
        return year
    return f"{year}-Q{(int(month) + 2) // 3}"


def _plus(left: Any, right: Any) -> Any:
    return right if left is None else left if right is None else left + right


def _name(by: Field, groups: list[Group]) -> None:
    kind = by.type
    linked: dict[Any, Any] = {}
    if isinstance(kind, PersonLink | TeamLink):
        model: Any = Person if isinstance(kind, PersonLink) else Team
        linked = model.objects.in_bulk([group.key for group in groups if group.key is not None])
    for group in groups:
        if group.key is None:
            group.name, group.test = _("（空欄）"), {"field": by.key, "op": "empty"}
        elif isinstance(kind, Choice):
            option = kind.option(group.key)
            group.name, group.colour = option.name, option.colour
            group.test = {"field": by.key, "op": "any_of", "value": [group.key]}
        elif isinstance(kind, YesNo):
            group.name = kind.display(group.key)
            group.test = {"field": by.key, "op": "is_yes" if group.key else "is_no"}
        elif isinstance(kind, Date | DateTime):
            group.name, group.test = _period(by, group.key)
            group.short = group.key if len(group.key) == 4 else group.key[2:].replace("-", "/")
        elif isinstance(kind, PersonLink | TeamLink):
            other = linked.get(group.key)
            group.name = str(other) if other else _("（不明）")
            group.test = other and {"field": by.key, "op": "any_of", "value": [kind.form_value(other)]}
        else:
            group.name, group.test = str(group.key), {"field": by.key, "op": "is", "value": group.key}


def _period(by: Field, key: str) -> tuple[str, dict[str, Any] | None]:
    """A month, a quarter or a year, and the days in it."""
    try:
        year, first, last = _months(key)
        days = [f"{year:04}-{first:02}-01", f"{year:04}-{last:02}-{calendar.monthrange(year, last)[1]:02}"]
    except ValueError:
        return key, None
    words = {"year": year, "month": first, "quarter": (first + 2) // 3}
    if first == last:
        name = _("%(year)s年%(month)s月") % words
    else:
        name = _("%(year)s年") % words if last - first == 11 else _("%(year)s年第%(quarter)s四半期") % words
    return name, {"field": by.key, "op": "between", "value": days}


def _months(key: str) -> tuple[int, int, int]:
    """Year, first and last month. Raises ValueError for what is no day."""
    year, part = int(key[:4]), key[5:]
    if not part:
        return year, 1, 12
    if part.startswith("Q"):
        return year, int(part[1:]) * 3 - 2, int(part[1:]) * 3
    return year, int(part), int(part)


def _in_order(by: Field, groups: list[Group]) -> list[Group]:
    """Choices as they are offered, months as they come, the rest by their number; nothing at the end."""
    if isinstance(by.type, Choice):
        places = {option.key: number for number, option in enumerate(by.type.options)}
        groups.sort(key=lambda group: places.get(group.key, len(places)))
    elif isinstance(by.type, Date | DateTime):
        groups.sort(key=lambda group: str(group.key))
    elif isinstance(by.type, YesNo):
        groups.sort(key=lambda group: not group.key)
    return [*(g for g in groups if g.key is not None), *(g for g in groups if g.key is None)]
