"""Days as Japanese firms count them: 令和8年11月24日, holidays, business days, fiscal years, this half, last week.

Eras begin on the days of their 政令 (令和 2019-05-01, 平成 1989-01-08, 昭和 1926-12-25, 大正 1912-07-30); 明治 is
counted by the Gregorian calendar throughout. A date beyond an era's end (平成32年, 昭和100年) is read by counting on,
as old forms and programs do. Holidays: 国民の祝日に関する法律, by jpholiday; 12/29 to 1/3 are off by custom and by
行政機関の休日に関する法律.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import jpholiday

from daifuku.foundation.periods import PERIODS, period
from daifuku.foundation.unreadable import Unreadable

__all__ = [
    "PERIODS",
    "add_business_days",
    "add_months",
    "fiscal_year",
    "from_excel",
    "holiday_name",
    "is_business_day",
    "is_holiday",
    "last_of_month",
    "moment_on",
    "parse_date",
    "period",
    "wareki",
    "wareki_short",
]

TOKYO, MIDNIGHT = ZoneInfo("Asia/Tokyo"), time()
ERAS = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 1, 25)),
)
_FIRST_YEAR = {name: start.year for word, letter, start in ERAS for name in (word, word[0], letter)}
_WORDS = {
    "今日": 0, "本日": 0, "きょう": 0, "明日": 1, "あした": 1, "あす": 1, "明後日": 2, "あさって": 2,
    "昨日": -1, "きのう": -1, "一昨日": -2, "おととい": -2, "today": 0, "tomorrow": 1, "yesterday": -1,
}  # fmt: skip

_ERA = re.compile(
    r"(令和?|平成?|昭和?|大正?|明治?|[RHSTM])\.?(元|[0-9]{1,3})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?"
)
_ERA_DIGITS = re.compile(r"([RHSTM])([0-9]{2})([0-9]{2})([0-9]{2})")
_WESTERN = re.compile(r"(?:西暦)?([0-9]{4})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NO_YEAR = re.compile(r"([0-9]{1,2})[月/.-]([0-9]{1,2})日?")
_WEEKDAY = r"(?:\([月火水木金土日](?:曜日?)?(?:[・,]?祝)?\)|[月火水木金土日]曜日?)?"
_TAIL = re.compile(_WEEKDAY + r"(?:T?0{1,2}:00(?::00(?:\.0+)?)?)?Z?\Z")
_DASHES = re.compile("[‐‑‒–—―−ー]")
_KANJI_NUMBER = re.compile("[〇零一二三四五六七八九十百]+")
_KANJI_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}


def moment_on(day: date, clock: time = MIDNIGHT) -> datetime:
    """This clock on this day; the day begins where none is said."""
    return datetime.combine(day, clock, TOKYO)


def parse_date(text: str, today: date | None = None) -> date:
    """A day as people write it; without a year it is that of `today`. ValueError for what is none."""
    plain = _DASHES.sub("-", "".join(unicodedata.normalize("NFKC", text).split()))
    if today is not None and plain.lower() in _WORDS:
        return today + timedelta(days=_WORDS[plain.lower()])
    plain = _TAIL.sub("", _KANJI_NUMBER.sub(_counted, plain), count=1)
    try:
        return _day(plain.upper(), today)
    except (ValueError, OverflowError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("no_such_day") from error


def _day(plain: str, today: date | None) -> date:
    if found := _WESTERN.fullmatch(plain) or _DIGITS.fullmatch(plain):
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    if found := _ERA.fullmatch(plain) or _ERA_DIGITS.fullmatch(plain):
        year = 1 if found[2] == "元" else int(found[2])
        if not year:
            raise Unreadable("no_such_day")
        return date(_FIRST_YEAR[found[1]] + year - 1, int(found[3]), int(found[4]))
    if found := _NO_YEAR.fullmatch(plain):
        if today is None:
            raise Unreadable("year")
        return date(today.year, int(found[1]), int(found[2]))
    raise Unreadable("date")


def _counted(found: re.Match[str]) -> str:
    """二十四 -> 24, 二〇二六 -> 2026; 月 and 日 of a week are never taken for numbers."""
    kanji = found[0]
    if not set(kanji) & {"十", "百"}:
        return "".join(str(_KANJI_DIGITS[digit]) for digit in kanji)
    total, digit = 0, 0
    for character in kanji:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _KANJI_DIGITS[character]
    return str(total + digit)


def from_excel(number: float) -> date:
    """The day of an Excel serial number (1900 system); a datetime where there is a time of day too."""
    whole = int(number // 1)
    if not 1 <= whole <= 2_958_465 or whole == 60:  # Excel believes in 1900-02-29
        raise Unreadable("no_such_day")
    day = date(1899, 12, 31 if whole < 60 else 30) + timedelta(days=whole)
    seconds = round((number - whole) * 86_400)
    if not seconds:
        return day
    return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001


def wareki(day: date) -> str:
    """令和8年11月24日, 令和元年5月1日; days before 明治 are written in Western years."""
    for word, _letter, start in ERAS:
        if day >= start:
            year = day.year - start.year + 1
            return f"{word}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


def wareki_short(day: date) -> str:
    """R8.11.24."""
    for _word, letter, start in ERAS:
        if day >= start:
            return f"{letter}{day.year - start.year + 1}.{day.month}.{day.day}"
    return f"{day.year}.{day.month}.{day.day}"


def holiday_name(day: date) -> str:
    """勤労感謝の日, 年末年始, or nothing."""
    name = jpholiday.is_holiday_name(day)
    if name:
        return str(name)
    return "年末年始" if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3) else ""


def is_holiday(day: date) -> bool:
    return bool(holiday_name(day))


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and not is_holiday(day)


def add_business_days(day: date, number: int) -> date:
    """So many business days later (or earlier); 0 gives the day itself or the next business day."""
    step = timedelta(days=-1 if number < 0 else 1)
    if number == 0:
        while not is_business_day(day):
            day += step
        return day
    for _each in range(abs(number)):
        day += step
        while not is_business_day(day):
            day += step
    return day


def fiscal_year(day: date, start_month: int = 4) -> int:
    """2026 for the 年度 that begins in 2026."""
    return day.year if day.month >= start_month else day.year - 1


def last_of_month(day: date) -> date:
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


def add_months(day: date, number: int) -> date:
    """The same day of another month, or that month's last one."""
    months = day.year * 12 + day.month - 1 + number
    year, month = months // 12, months % 12 + 1
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month, last)
            except ValueError:
                continue
    raise Unreadable("no_such_day")
