"""Small pieces of a page that stand in every row of a list: coloured words, people, days.

They are built in Python: as parts of a template they took most of the time that a list of fifty rows needs. What is
drawn again and again (the same chip, the same colleague, the same day) is drawn once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from daifuku.foundation.calendar import wareki

WEEKDAYS = "月火水木金土日"


def text(value: Any) -> str:
    """A value made harmless for HTML, as `conditional_escape` does it, without its cost; lazy words are said now."""
    if type(value) is str:
        return escape(value)
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


def chip(label: Any, colour: str = "grey") -> SafeString:
    """A coloured word: a choice, a state."""
    return _chip(str(label), colour)


@lru_cache(2000)
def _chip(label: str, colour: str) -> SafeString:
    return SafeString(f'<span class="chip" data-colour="{escape(colour)}">{escape(label)}</span>')


def person(someone: Any) -> SafeString | str:
    """A colleague with his initial; nothing where there is nobody."""
    return _person(str(someone)) if someone else ""


@lru_cache(2000)
def _person(name: str) -> SafeString:
    initial = f'<span class="initial" aria-hidden="true">{escape(name[:1])}</span>'
    return SafeString(f'<span class="who">{initial}{escape(name)}</span>')


def day(value: date | datetime | None) -> SafeString | str:
    """11/22(日), with the year where it is another one; in full and in 和暦 on hover."""
    if value is None:
        return ""
    shown = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return _time(shown.isoformat(), in_full(shown), short(shown))


def moment(value: datetime | None) -> SafeString | str:
    """「3分前」 today, 11/22(日) 14:05 before, the day alone in other years; in full on hover."""
    return "" if value is None else moments()(value)


def moments() -> Callable[[datetime], SafeString]:
    """Draws many moments of one page: zone, language and what is now are asked once."""
    zone, language = timezone.get_current_timezone(), get_language() or "ja"
    now = datetime.now(zone)

    def draw(value: datetime) -> SafeString:
        local = value.astimezone(zone)
        exact = local.isoformat(timespec="seconds")
        clock = exact[11:19]
        full = f"{_in_full(local.date(), language)} {clock}"
        return _time(exact, full, _ago(local, clock[:5], now, language))

    return draw


def _time(exact: str, full: str, words: str) -> SafeString:
    return SafeString(f'<time datetime="{exact}" title="{escape(full)}">{escape(words)}</time>')


def short(value: date) -> str:
    return _short(value, timezone.localdate().year, get_language() or "ja")


@lru_cache(2000)
def _short(value: date, this_year: int, language: str) -> str:
    year = "" if value.year == this_year else f"{value.year}/"
    if language != "ja":
        return f"{year}{value.month}/{value.day} ({value:%a})"
    return f"{year}{value.month}/{value.day}({WEEKDAYS[value.weekday()]})"


def in_full(value: date) -> str:
    return _in_full(value, get_language() or "ja")


@lru_cache(2000)
def _in_full(value: date, language: str) -> str:
    if language != "ja":
        return f"{value:%A, %Y-%m-%d}"
    return f"{value.year}年{value.month}月{value.day}日({WEEKDAYS[value.weekday()]}) {wareki(value)}"


@lru_cache(200)
def _minutes_ago(minutes: int, language: str) -> str:
    return ngettext("%(n)s分前", "%(n)s分前", minutes) % {"n": minutes}


def _ago(local: datetime, clock: str, now: datetime, language: str) -> str:
    seconds = (now - local).total_seconds()
    if 0 <= seconds < 60:
        return _("たった今")
    if 0 <= seconds < 3600:
        return _minutes_ago(int(seconds // 60), language)
    day = local.date()
    if day == now.date():
        return clock
    words = _short(day, now.year, language)
    return words if local.year != now.year else f"{words} {clock}"
