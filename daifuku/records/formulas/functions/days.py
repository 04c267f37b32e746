"""Functions on days: today, parts of a day, days between, business days, the firm's year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from daifuku.foundation import calendar
from daifuku.records.formulas.functions.base import Function, Now, Values, whole
from daifuku.records.formulas.spellings import UNITS
from daifuku.records.formulas.syntax import Kind

DAY, NUMBER, TEXT = Kind.DAY, Kind.NUMBER, Kind.TEXT
FAR = 1_000_000
MOST_DAYS = 3700


def _date(values: Values, now: Now) -> date:
    """A month beyond the year and a day beyond the month are counted on, as spreadsheets do."""
    year, month, day = (whole(value, -FAR, FAR) for value in values)
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    return first + timedelta(days=day - 1)


def _add(values: Values, now: Now) -> date | None:
    day, number = values[0], whole(values[1], -FAR, FAR)
    unit = UNITS.get(values[2].strip().upper() if len(values) > 2 else "D")
    if unit in {"d", "w"}:
        return day + timedelta(days=number * (7 if unit == "w" else 1))  # type: ignore[no-any-return]
    if unit is None or abs(number) > 12_000:
        return None
    return calendar.add_months(day, number * (12 if unit == "y" else 1))


def _workdays(values: Values, now: Now) -> Decimal | None:
    first, last = values
    if first > last:
        days = _workdays((last, first), now)
        return None if days is None else -days
    if (last - first).days > MOST_DAYS:
        return None
    every = range((last - first).days + 1)
    return Decimal(sum(_is_workday(first + timedelta(days=each)) for each in every))


@lru_cache(maxsize=8192)
def _is_workday(day: date) -> bool:
    return calendar.is_business_day(day)


def _part(name: str, read: Any, help: Any, example: Any) -> Function:
    return Function(
        name,
        (DAY,),
        NUMBER,
        lambda v, now: Decimal(read(v[0])),
        format_lazy("{name}({values})", name=name, values=_("日付")),
        help,
        example,
    )


FUNCTIONS = (
    Function(
        "TODAY",
        (),
        DAY,
        lambda v, now: now.today,
        "TODAY()",
        _("今日です。毎晩、計算し直します。"),
        _("DAYS([契約更新日], TODAY())"),
    ),
    Function(
        "DATE",
        (NUMBER, NUMBER, NUMBER),
        DAY,
        _date,
        _("DATE(年, 月, 日)"),
        _("日付を作ります。"),
        "DATE(YEAR(TODAY()), 4, 1)",
    ),
    _part("YEAR", lambda day: day.year, _("日付の年です。"), _("YEAR([設立日])")),
    _part("MONTH", lambda day: day.month, _("日付の月です。"), _("MONTH([設立日])")),
    _part("DAY", lambda day: day.day, _("日付の日です。"), _("DAY([設立日])")),
    Function(
        "DATEADD",
        (DAY, NUMBER, TEXT),
        DAY,
        _add,
        _("DATEADD(日付, 数, 単位)"),
        _("日付に足します。単位は「日」「週」「月」「年」（省くと日）。"),
        _('DATEADD([契約日], 1, "年")'),
        least=2,
    ),
    Function(
        "DAYS",
        (DAY, DAY),
        NUMBER,
        lambda v, now: Decimal((v[0] - v[1]).days),
        _("DAYS(終わり, 始まり)"),
        _("2つの日付の間の日数です。"),
        _("DAYS(TODAY(), [最終訪問日])"),
    ),
    Function(
        "WORKDAYS",
        (DAY, DAY),
        NUMBER,
        _workdays,
        _("WORKDAYS(始まり, 終わり)"),
        _("土日・祝日・年末年始を除いた日数（両端を含む、約10年まで）。"),
        _("WORKDAYS([受付日], TODAY())"),
    ),
    Function(
        "FISCALYEAR",
        (DAY,),
        NUMBER,
        lambda v, now: Decimal(calendar.fiscal_year(v[0], now.fiscal_start)),
        _("FISCALYEAR(日付)"),
        _("会社の設定の年度です。"),
        _("FISCALYEAR([契約日])"),
    ),
)
