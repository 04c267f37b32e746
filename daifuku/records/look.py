"""How a list looks apart from what is in it: rows or a board, in groups, with sums at its foot, tight or roomy.

Address and kept views write it with the same words, so that a look can be sent to a colleague like any list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Choice, Date, DateTime, MultiChoice
from daifuku.records.grouping import groupable

NAMES = ("layout", "by", "sum", "group", "totals", "density", "chart", "x", "step", "value", "stack")
LAYOUTS = {"list": _("一覧"), "board": _("かんばん"), "chart": _("グラフ")}
CHARTS = {"bar": _("棒"), "stacked": _("積み上げ"), "line": _("折れ線"), "pie": _("円")}
STEPS = {"month": _("月ごと"), "quarter": _("四半期ごと"), "year": _("年ごと")}
DENSITIES = {"tight": _("つめる"), "normal": _("標準"), "roomy": _("ゆったり")}
TOTALS = {
    "sum": _("合計"),
    "avg": _("平均"),
    "min": _("最小"),
    "max": _("最大"),
    "count": _("件数"),
}
NONE = "none"
PLAIN = {"layout": "list", "group": NONE}


@dataclass(frozen=True)
class Chart:
    """`x` is the field whose values are the bars, `number` what is added up or averaged (`how`) and None where records
    are counted; `stack` parts each bar of a stacked chart."""

    kind: str
    x: Field
    step: str = "month"
    number: Field | None = None
    how: str = "count"
    stack: Field | None = None

    def written(self) -> dict[str, str]:
        return {
            "chart": self.kind, "x": self.x.key, "stack": self.stack.key if self.stack else "",
            "step": self.step if dated(self.x) else "",
            "value": f"{self.how}:{self.number.key}" if self.number else "count",
        }  # fmt: skip


@dataclass(frozen=True)
class Look:
    """`by` is the choice field whose choices are the columns of a board, `sum` the number that is added up in their
    heads, `group` the field by which rows are put together, `totals` what stands at the foot of each column."""

    layout: str = "list"
    by: Field | None = None
    sum: Field | None = None
    group: Field | None = None
    totals: dict[str, str] = field(default_factory=dict)
    density: str = ""
    chart: Chart | None = None

    @property
    def board(self) -> bool:
        return self.layout == "board" and self.by is not None

    @property
    def plain(self) -> bool:
        """Rows one after the other."""
        return not (self.board or self.chart or self.group)

    def written(self) -> dict[str, str]:
        """As a kept view keeps it and the address carries it; what is as usual is left out."""
        totals = ",".join(f"{key}:{how}" for key, how in self.totals.items())
        words = {
            "layout": "" if self.layout == "list" else self.layout,
            "by": self.by.key if self.by and self.layout == "board" else "",
            "sum": self.sum.key if self.sum else "",
            "group": self.group.key if self.group else "",
            "totals": totals,
            "density": self.density,
            **(self.chart.written() if self.chart else {}),
        }
        return {name: word for name, word in words.items() if word}


def read(words: Mapping[str, Any], fields: Mapping[str, Field], preferred: Sequence[str] = ()) -> Look:
    """What cannot be understood, or is of a field that this person may not see (any more), is as usual.

    A board by no field in particular is one by the first of the `preferred` ones.
    """
    layout = words.get("layout", "")
    choices = boards_of(fields, preferred)
    by = next((each for each in choices if each.key == words.get("by")), choices[0] if choices else None)
    total, group = fields.get(words.get("sum", "")), fields.get(words.get("group", ""))
    density = words.get("density", "")
    chart = read_chart(words, fields, preferred) if layout == "chart" else None
    return Look(
        layout if chart or (layout == "board" and by) else "list",
        by,
        total if total and total.type.numeric else None,
        group if group and groupable(group) else None,
        _totals(words.get("totals", ""), fields),
        density if density in DENSITIES else "",
        chart,
    )


def read_chart(
    words: Mapping[str, Any], fields: Mapping[str, Field], preferred: Sequence[str] = ()
) -> Chart | None:
    """None where there is no field that it could be made of."""
    offered = charts_of(fields, preferred)
    x = next((each for each in offered if each.key == words.get("x")), offered[0] if offered else None)
    if x is None:
        return None
    kind, step = words.get("chart", ""), words.get("step", "")
    how, _colon, key = words.get("value", "").partition(":")
    number = fields.get(key) if how in {"sum", "avg"} else None
    if number is not None and not number.type.numeric:
        number = None
    kind = kind if kind in CHARTS else "bar"
    stack = next((each for each in offered if each.key == words.get("stack") and each is not x), None)
    stack = stack if kind == "stacked" and not (number and how == "avg") else None
    return Chart(kind, x, step if step in STEPS else "month", number, how if number else "count", stack)


def charts_of(fields: Mapping[str, Field], preferred: Sequence[str] = ()) -> list[Field]:
    """The fields of which bars can be made; those first by which lists are narrowed down most."""
    found = [each for each in fields.values() if groupable(each)]
    return sorted(found, key=lambda each: preferred.index(each.key) if each.key in preferred else len(fields))


def dated(each: Field) -> bool:
    return isinstance(each.type, Date | DateTime)


def boards_of(fields: Mapping[str, Field], preferred: Sequence[str] = ()) -> list[Field]:
    """The fields of which a board can be made."""
    found = [each for each in fields.values() if may_be_board(each)]
    return sorted(found, key=lambda each: preferred.index(each.key) if each.key in preferred else len(fields))


def may_be_board(each: Field) -> bool:
    return isinstance(each.type, Choice) and not isinstance(each.type, MultiChoice)


def _totals(text: str, fields: Mapping[str, Field]) -> dict[str, str]:
    """`annual_sales:sum,employees:avg`."""
    pairs = [part.partition(":")[::2] for part in text.split(",")[:60]]
    return {key: how for key, how in pairs if key in fields and fields[key].type.numeric and how in TOTALS}
