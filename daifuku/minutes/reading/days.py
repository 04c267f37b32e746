"""Days as people write them into minutes: 明日, 来週金曜, 再来週の月曜, 月末, 来月5日, 週明け, 12/3, 令和8年12月3日.

A week begins on Monday (JIS X 0301). A bare weekday is the next one after the meeting's day; a day without its year is
the nearest one that is not long past; 月末 and 年内 are calendar days, 週明け is the first business day of next week.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from daifuku.foundation.calendar import add_months, is_business_day, last_of_month, parse_date
from daifuku.foundation.unreadable import Unreadable

WEEKDAYS = "月火水木金土日"
# Of a day without its year: what is longer past than this is meant for next year.
PAST = timedelta(days=60)
_WEEKS = {"今週": 0, "来週": 1, "次週": 1, "翌週": 1, "再来週": 2}
_MONTHS = {"今月": 0, "当月": 0, "来月": 1, "翌月": 1, "再来月": 2}
_WORDS = {"今日": 0, "本日": 0, "明日": 1, "あした": 1, "明後日": 2, "あさって": 2}


@dataclass(frozen=True)
class Day:
    """Where it stands in the line, and which day it is."""

    start: int
    end: int
    day: date


def days_in(line: str, today: date) -> list[Day]:
    """Every day that the line names, from left to right; where two readings overlap the longer one counts."""
    found = sorted(_every(line, today), key=lambda each: (each.start, -each.end))
    kept: list[Day] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _every(line: str, today: date) -> Iterator[Day]:
    for pattern, read in _READERS:
        for match in pattern.finditer(line):
            try:
                day = read(match, today)
            except (ValueError, OverflowError, Unreadable):
                continue
            if day is not None:
                yield Day(match.start(), match.end(), day)


def _whole(match: re.Match[str], today: date) -> date:
    return parse_date(match.group(0), today)


def _without_year(match: re.Match[str], today: date) -> date:
    month, day = int(match.group(1)), int(match.group(2))
    found = date(today.year, month, day)
    return found if found >= today - PAST else date(today.year + 1, month, day)


def _word(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=_WORDS[match.group(0)])


def _weekday(match: re.Match[str], today: date) -> date:
    """来週金曜 of next week; 金曜 alone is the next one after today."""
    wanted = WEEKDAYS.index(match.group(2))
    if match.group(1):
        return _monday(today, _WEEKS[match.group(1)]) + timedelta(days=wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _week(match: re.Match[str], today: date) -> date:
    """来週中 ends on its Friday, and so does 来週 where nothing more is said."""
    return _monday(today, _WEEKS[match.group(1)]) + timedelta(days=4)


def _after_weekend(match: re.Match[str], today: date) -> date:
    day = _monday(today, 1)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def _end_of_month(match: re.Match[str], today: date) -> date:
    return last_of_month(add_months(today.replace(day=1), _MONTHS[match.group(1) or "今月"]))


def _of_month(match: re.Match[str], today: date) -> date:
    return add_months(today.replace(day=1), _MONTHS[match.group(1)]).replace(day=int(match.group(2)))


def _end_of_named_month(match: re.Match[str], today: date) -> date:
    month = int(match.group(1))
    first = date(today.year, month, 1)
    return last_of_month(first if last_of_month(first) >= today else date(today.year + 1, month, 1))


def _later(match: re.Match[str], today: date) -> date:
    number, unit = int(match.group(1)), match.group(2)
    if unit == "日":
        return today + timedelta(days=number)
    return today + timedelta(weeks=number) if unit == "週間" else add_months(today, number)


def _this_year(match: re.Match[str], today: date) -> date:
    return date(today.year, 12, 31)


def _monday(today: date, weeks: int) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


_NUMBER = r"(?<![0-9.,/-])"
_READERS: tuple[tuple[re.Pattern[str], Callable[[Any, date], date | None]], ...] = (
    (re.compile(_NUMBER + r"(?:令和|平成)(?:元|[0-9]{1,2})年[0-9]{1,2}月[0-9]{1,2}日"), _whole),
    (re.compile(_NUMBER + r"[0-9]{4}[年./-][0-9]{1,2}[月./-][0-9]{1,2}日?(?![0-9])"), _whole),
    (re.compile(_NUMBER + r"([0-9]{1,2})月([0-9]{1,2})日"), _without_year),
    (re.compile(_NUMBER + r"([0-9]{1,2})/([0-9]{1,2})(?![0-9/])"), _without_year),
    (re.compile("明後日|あさって|明日|あした|今日|本日"), _word),
    (re.compile(r"(?:(再来週|来週|今週|翌週|次週)の?)?([月火水木金土日])曜日?"), _weekday),
    (
        re.compile(r"(再来週|来週|今週|翌週|次週)の?([月火水木金土日])(?![^\sまにで、。までごの（()）])"),
        _weekday,
    ),
    (re.compile(r"(再来週|来週|今週|翌週|次週)(?:中|末)?"), _week),
    (re.compile("週明け"), _after_weekend),
    (
        re.compile(r"(今月|当月|来月|翌月|再来月)?の?月末|(?:(?<=今)|(?<=当)|(?<=来)|(?<=翌))月末"),
        _end_of_month,
    ),
    (re.compile(r"(今月|当月|来月|翌月|再来月)末"), _end_of_month),
    (re.compile(r"(今月|当月|来月|翌月|再来月)の?([0-9]{1,2})日"), _of_month),
    (re.compile(_NUMBER + r"([0-9]{1,2})月末"), _end_of_named_month),
    (re.compile(_NUMBER + r"([0-9]{1,3})(日|週間|か月|ヶ月|カ月)後"), _later),
    (re.compile("年内"), _this_year),
)
