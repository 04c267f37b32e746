"""Days and instants: on, before, after a day or a period that moves with the calendar, within such a period."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db.models import Q
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from daifuku.foundation import calendar
from daifuku.records.catalogue.types import Date, Refused
from daifuku.records.catalogue.types.moment import TOKYO
from daifuku.records.conditions.operator import (
    Asked,
    Family,
    Operator,
    Rule,
    Takes,
    Target,
    missing_value,
)
from daifuku.staff.viewer import Viewer

PERIODS = {
    "today": _("今日"),
    "yesterday": _("昨日"),
    "tomorrow": _("明日"),
    "this_week": _("今週"),
    "last_week": _("先週"),
    "next_week": _("来週"),
    "this_month": _("今月"),
    "last_month": _("先月"),
    "next_month": _("来月"),
    "this_quarter": _("今四半期"),
    "last_quarter": _("前四半期"),
    "next_quarter": _("翌四半期"),
    "this_half": _("今半期"),
    "last_half": _("前半期"),
    "next_half": _("翌半期"),
    "this_year": _("今年"),
    "last_year": _("昨年"),
    "next_year": _("来年"),
    "this_fiscal_year": _("今年度"),
    "last_fiscal_year": _("昨年度"),
    "next_fiscal_year": _("来年度"),
}
ROLLING = re.compile(r"\A(last|next)_([1-9][0-9]{0,3})_days\Z", re.ASCII)


class Period(str):
    """The name of a period; which days it has depends on today."""

    __slots__ = ()

    def days(self, asked: Asked) -> tuple[date, date]:
        first, last = calendar.period(str(self), asked.today, asked.fiscal_start)
        return first, last

    @property
    def name(self) -> str:
        if self in PERIODS:
            return str(PERIODS[self])
        way, number, _days = self.split("_")
        days = int(number)
        sentence = (
            ngettext_lazy("過去%(days)s日間", "過去%(days)s日間", days)
            if way == "last"
            else ngettext_lazy("今後%(days)s日間", "今後%(days)s日間", days)
        )
        return str(sentence % {"days": days})


def read_period(raw: Any) -> Period:
    if isinstance(raw, str) and (raw in PERIODS or ROLLING.match(raw)):
        return Period(raw)
    raise Refused(_("期間の名前が正しくありません。一覧から選んでください。"), "period")


def _days(value: Any, asked: Asked) -> tuple[date, date]:
    return value.days(asked) if isinstance(value, Period) else (value, value)


def _within(held: Any, low: Any, high: Any) -> bool:
    return held is not None and bool(low <= held < high)


class _DayFamily(Family):
    """Everything is asked half-open, from the start of the first day to the start of the day after the last."""

    joint: ClassVar = _("から")

    @staticmethod
    def start(day: date) -> Any:
        raise NotImplementedError

    @classmethod
    def edges(cls, first: date, last: date) -> tuple[Any, Any]:
        return cls.start(first), cls.start(last + timedelta(days=1))

    @classmethod
    def rules(cls) -> dict[str, Rule]:
        def span(value: Any, asked: Asked) -> tuple[Any, Any]:
            ends = value if isinstance(value, list) else [value, value]
            return cls.edges(_days(ends[0], asked)[0], _days(ends[1], asked)[1])

        def inside_q(target: Target, value: Any, asked: Asked) -> Q:
            low, high = span(value, asked)
            since = Q(GreaterThanOrEqual(target.expression, target.known(low)))
            return since & Q(LessThan(target.expression, target.known(high)))

        return {
            "inside": Rule(inside_q, lambda held, value, asked: _within(held.value, *span(value, asked))),
            "before": Rule(
                lambda target, value, asked: Q(
                    LessThan(target.expression, target.known(span(value, asked)[0]))
                ),
                lambda held, value, asked: held.value is not None and held.value < span(value, asked)[0],
            ),
            "after": Rule(
                lambda target, value, asked: Q(
                    GreaterThanOrEqual(target.expression, target.known(span(value, asked)[1]))
                ),
                lambda held, value, asked: held.value is not None and held.value >= span(value, asked)[1],
            ),
        }

    def read_one(self, raw: Any, viewer: Viewer) -> date | Period:
        """A day, or the name of a period: before "today", after "last_month"."""
        if self._is_period(raw):
            return Period(raw)
        day = Date().clean(raw)
        if day is None:
            raise missing_value()
        return day

    def read(self, operator: Operator, raw: Any, viewer: Viewer) -> Any:
        if operator.takes == Takes.TWO and isinstance(raw, list) and any(self._is_period(end) for end in raw):
            raise Refused(_("範囲には日付を指定してください。"), "type")
        return super().read(operator, raw, viewer)

    @staticmethod
    def _is_period(raw: Any) -> bool:
        return isinstance(raw, str) and (raw in PERIODS or bool(ROLLING.match(raw)))

    def write(self, value: Any) -> str:
        return str(value) if isinstance(value, Period) else value.isoformat()

    def say(self, value: Any) -> str:
        return value.name if isinstance(value, Period) else Date().display(value)


def _operators(family: type[_DayFamily]) -> tuple[Operator, ...]:
    rules = family.rules()
    return (
        Operator("on", _("が次の日"), _("%(field)sが%(value)s"), Takes.ONE, rules["inside"]),
        Operator("before", _("がより前"), _("%(field)sが%(value)sより前"), Takes.ONE, rules["before"]),
        Operator("after", _("がより後"), _("%(field)sが%(value)sより後"), Takes.ONE, rules["after"]),
        Operator("between", _("が範囲内"), _("%(field)sが%(value)s"), Takes.TWO, rules["inside"]),
        Operator("within", _("が期間内"), _("%(field)sが%(value)s"), Takes.PERIOD, rules["inside"]),
    )


class DateFamily(_DayFamily):
    @staticmethod
    def start(day: date) -> date:
        return day


class DateTimeFamily(_DayFamily):
    """A day is the day in Asia/Tokyo."""

    @staticmethod
    def start(day: date) -> datetime:
        return datetime.combine(day, time(), TOKYO)


DateFamily.operators = _operators(DateFamily)
DateTimeFamily.operators = _operators(DateTimeFamily)
