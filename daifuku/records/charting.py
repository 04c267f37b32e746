"""A list as a chart: what stands in its bars, counted, added up or averaged by the database as groups are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daifuku.records import grouping
from daifuku.records.chart_rest import others
from daifuku.records.conditions import parse_leniently
from daifuku.records.grouping import Group
from daifuku.records.listing import Listing
from daifuku.records.look import Chart, dated
from daifuku.staff.viewer import Viewer

REST = object()
MOST, SLICES, SERIES = 30, 9, 6


@dataclass
class Series:
    """One colour of a stacked chart; `values` are those of the bars, in their order."""

    name: str
    colour: str
    test: dict[str, Any] | None
    values: list[Any] = field(default_factory=list)


@dataclass
class Bar:
    key: Any
    name: str
    value: Any
    count: int
    colour: str = ""
    test: dict[str, Any] | None = None
    short: str = ""


@dataclass(frozen=True)
class Charted:
    """`rest` tells that the last bar is all that did not find room."""

    chart: Chart
    bars: list[Bar]
    series: list[Series]
    rest: bool = False

    def said(self, value: Any) -> str:
        """A figure as one reads it; nothing where no record has a value."""
        if value is None:
            return "—"
        if self.chart.number is None:
            return f"{value:,d}"
        return grouping.said(self.chart.number, Decimal(str(value)), self.chart.how)


def charted(listed: Listing, chart: Chart, viewer: Viewer, today: date) -> Charted:
    groups, more = _groups(listed, chart)
    shown, rest = _cut(groups, chart)
    bars = [
        Bar(each.key, each.name, _value(each, chart), each.count, each.colour, each.test, each.short)
        for each in shown
    ]
    if rest or more:
        bars.append(_rest(listed, chart, bars, len(rest), more=more))
    series = _series(listed, chart, bars, viewer, today, bool(rest or more)) if chart.stack else []
    return Charted(chart, bars, series, bool(rest or more))


def _groups(listed: Listing, chart: Chart, most: int = grouping.MOST) -> tuple[list[Group], bool]:
    numbers = [chart.number] if chart.number else []
    found = grouping.groups_of(
        listed.rows, chart.x, numbers, most, step=chart.step, averaged=chart.how == "avg"
    )
    return found.groups, found.more


def _value(group: Group, chart: Chart) -> Any:
    if chart.number is None:
        return group.count
    return (group.averages if chart.how == "avg" else group.sums)[chart.number.key]


def most_of(chart: Chart) -> int:
    return SLICES if chart.kind == "pie" else MOST


def _cut(groups: list[Group], chart: Chart) -> tuple[list[Group], list[Group]]:
    """The greatest, or of days the newest; records without a value keep their place."""
    most = most_of(chart)
    if len(groups) <= most:
        return groups, []
    if dated(chart.x):
        return groups[-most:], groups[:-most]
    named = [each for each in groups if each.key is not None]
    ranked = sorted(named, key=lambda each: _size(_value(each, chart)), reverse=True)
    kept = {id(each) for each in ranked[: most - (len(named) < len(groups))]}
    shown = [each for each in groups if each.key is None or id(each) in kept]
    return shown, [each for each in named if id(each) not in kept]


def _size(value: Any) -> Decimal:
    return Decimal(str(value)) if value is not None else Decimal("-Infinity")


def _rest(listed: Listing, chart: Chart, bars: list[Bar], kinds: int, *, more: bool) -> Bar:
    """Everything, less what the bars show; an average is that of the rows themselves."""
    count = listed.rows.order_by().count() - sum(bar.count for bar in bars)
    name = (
        _("その他") if more else ngettext("その他（%(n)s種類）", "その他（%(n)s種類）", kinds) % {"n": kinds}
    )
    if dated(chart.x):
        name = _("それ以前とその他")
    test = others(chart.x, [bar.test for bar in bars], newest=not more)
    if chart.number is None:
        return Bar(REST, name, count, count, test=test)
    if chart.how == "avg":
        return Bar(REST, name, None, count, test=test)
    total = grouping.totals_of(listed.rows, [(chart.number, "sum")])[chart.number.key]
    return Bar(REST, name, (total or 0) - sum(bar.value or 0 for bar in bars), count, test=test)


def _series(
    listed: Listing, chart: Chart, bars: list[Bar], viewer: Viewer, today: date, rest: bool
) -> list[Series]:
    """The greatest values of the second field, each counted by the same groups; what is left of a bar is the last."""
    assert chart.stack is not None
    numbers = [chart.number] if chart.number else []
    found = grouping.groups_of(listed.rows, chart.stack, numbers, step=chart.step).groups
    ranked = sorted(found, key=lambda each: _size(_value(each, chart)), reverse=True)
    kept = {id(each) for each in ranked[:SERIES] if each.test is not None}
    series = []
    for each in found:
        if id(each) not in kept:
            continue
        part = parse_leniently(each.test, listed.object_type.key, viewer).q(viewer, today)
        inside, _more = _groups(listed.narrowed(part), chart)
        values = {group.key: _value(group, chart) for group in inside}
        own = Series(each.name, each.colour, each.test, [values.get(bar.key) for bar in bars])
        if rest:
            shown = sum(value or 0 for value in own.values)
            own.values[-1] = (_value(each, chart) or 0) - shown
        series.append(own)
    if len(kept) < len(found):
        left = [
            (bar.value or 0) - sum(each.values[place] or 0 for each in series)
            for place, bar in enumerate(bars)
        ]
        test = others(chart.stack, [each.test for each in series])
        series.append(Series(_("その他"), "grey", test, left))
    return series
