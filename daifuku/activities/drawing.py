"""The lines of talks and plans as HTML. Built in Python: as template parts twenty took a third of a page's time.

Whatever people typed passes `escape` or `drawing`; what stands here is written by us.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from daifuku.activities.showing import Line
from daifuku.foundation import drawing
from daifuku.foundation.reversing import url_of


def draw_lines(
    lines: Iterable[Line],
    again: SafeString,
    *,
    owners: bool = False,
    clock_only: bool = False,
    may_talk: bool = False,
) -> SafeString:
    """`again` is the picture on what repeats. With `owners` it is said whose they are; with `may_talk` a plan leads to
    recording its result."""
    words = _Words(again)
    return SafeString("".join([_line(line, owners, clock_only, may_talk, words) for line in lines]))


def when(value: datetime, *, clock_only: bool = False) -> SafeString:
    """11/22(日) 14:05: a plan is always told with its clock, also that of next year."""
    local = timezone.localtime(value)
    clock, day = f"{local:%H:%M}", local.date()
    words = clock if clock_only else f"{drawing.short(day)} {clock}"
    exact = local.isoformat(timespec="minutes")
    return SafeString(
        f'<time datetime="{exact}" title="{escape(drawing.in_full(day))} {clock}">{words}</time>'
    )


class _Words:
    """What is the same in every line, looked up once."""

    def __init__(self, again: SafeString) -> None:
        self.overdue = drawing.chip(_("期限切れ"), "red")
        self.again = f'<span class="soft comes-again" title="{escape(_("繰り返し"))}">{again}</span>'
        self.result = escape(_("結果を記録"))


def _line(line: Line, owners: bool, clock_only: bool, may_talk: bool, words: _Words) -> str:
    record = line.record
    overdue, late = (" data-overdue", f" {words.overdue}") if line.overdue else ("", "")
    chips = "".join([f"{drawing.chip(option.name, option.colour)} " for option in line.words])
    text = f'<small class="soft">{escape(line.text)}</small>' if line.text else ""
    finish = ""
    if line.may_finish and may_talk:
        address = url_of("activities:finish", record.uid)
        finish = f'<a class="button" data-size="small" href="{address}"><span>{words.result}</span></a>'
    return (
        f'<li class="activity"{overdue}><span class="activity-when">'
        f"{when(record.started_at, clock_only=clock_only)}{late}</span>"
        f'<span class="activity-what"><a href="{escape(record.get_absolute_url())}">{escape(str(record))}</a> {chips}'
        f"{words.again if getattr(record, 'series_id', None) else ''}{text}"
        f'<small class="soft">{_with_whom(line, owners)}</small></span>{finish}</li>'
    )


def _with_whom(line: Line, owners: bool) -> str:
    record = line.record
    named = "".join(
        [
            f'<a href="{escape(address)}">{escape(str(name))}</a> ' if address else f"{escape(str(name))} "
            for name, address in line.who
        ]
    )
    owner = str(drawing.person(record.owner)) if owners else ""
    if getattr(record, "state", "") != "postponed" or not record.postponed_from:
        return f"{named}{owner}"
    later = _("%(old)sから延期") % {"old": when(record.postponed_from)}
    return f"{named}{owner} {later}"
