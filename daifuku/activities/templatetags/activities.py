"""How talks and plans, their time, and their coloured words are shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString

from daifuku.activities import drawing as lines_drawn
from daifuku.activities.showing import Line
from daifuku.foundation import drawing

register = template.Library()


@register.simple_tag
def when(value: datetime | None, *, clock_only: bool = False) -> SafeString | str:
    """11/22(日) 14:05: a plan is always told with its clock, also that of next year."""
    return "" if value is None else lines_drawn.when(value, clock_only=bool(clock_only))


@register.simple_tag
def draw_activities(
    lines: Iterable[Line],
    again: SafeString,
    owners: bool = False,
    clock_only: bool = False,
    may_talk: bool = False,
) -> SafeString:
    """Lines of talks or plans; the picture on what repeats goes before: `{% icon "refresh-cw" words as again %}`."""
    return lines_drawn.draw_lines(lines, again, owners=owners, clock_only=clock_only, may_talk=bool(may_talk))


@register.simple_tag
def word_of(option: Any) -> SafeString | str:
    """A choice in its colour; nothing where there is none."""
    return drawing.chip(option.name, option.colour) if option else ""
