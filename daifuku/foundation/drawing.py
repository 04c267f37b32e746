"""Small pieces of a page that stand in every row of a list: coloured words, people, days.

They are built in Python: as parts of a template they took most of the time that a list of fifty rows needs.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from daifuku.foundation.calendar import wareki

WEEKDAYS = "月火水木金土日"


def chip(label: Any, colour: str = "grey") -> SafeString:
    """A coloured word: a choice, a state."""
    return format_html('<span class="chip" data-colour="{}">{}</span>', colour, label)


def person(someone: Any) -> SafeString | str:
    """A colleague with his initial; nothing where there is nobody."""
    if not someone:
        return ""
    return format_html(
        '<span class="who"><span class="initial" aria-hidden="true">{}</span>{}</span>',
        str(someone)[:1],
        someone,
    )


def day(value: date | datetime | None) -> SafeString | str:
    """11/22(日), with the year where it is another one; in full and in 和暦 on hover."""
    if value is None:
        return ""
    shown = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', shown.isoformat(), in_full(shown), short(shown)
    )


def moment(value: datetime | None) -> SafeString | str:
    """「3分前」 today, 11/22(日) 14:05 before, the day alone in other years; in full on hover."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    full = f"{in_full(local.date())} {local:%H:%M:%S}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), full, _ago(local))


def short(value: date) -> str:
    year = "" if value.year == timezone.localdate().year else f"{value.year}/"
    if (get_language() or "ja") != "ja":
        return f"{year}{value.month}/{value.day} ({value:%a})"
    return f"{year}{value.month}/{value.day}({WEEKDAYS[value.weekday()]})"


def in_full(value: date) -> str:
    if (get_language() or "ja") != "ja":
        return f"{value:%A, %Y-%m-%d}"
    return f"{value.year}年{value.month}月{value.day}日({WEEKDAYS[value.weekday()]}) {wareki(value)}"


def _ago(local: datetime) -> str:
    now = timezone.localtime()
    seconds = (now - local).total_seconds()
    if 0 <= seconds < 60:
        return _("たった今")
    if 0 <= seconds < 3600:
        minutes = int(seconds // 60)
        return ngettext("%(n)s分前", "%(n)s分前", minutes) % {"n": minutes}
    if local.date() == now.date():
        return f"{local:%H:%M}"
    if local.year != now.year:
        return short(local.date())
    return f"{short(local.date())} {local:%H:%M}"
