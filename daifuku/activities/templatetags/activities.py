"""How the time of a talk or a plan, and its coloured words, are shown."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from daifuku.foundation import drawing

register = template.Library()


@register.simple_tag
def when(value: datetime | None, *, clock_only: bool = False) -> SafeString | str:
    """11/22(日) 14:05: a plan is always told with its clock, also that of next year."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    day = "" if clock_only else f"{drawing.short(local.date())} "
    return format_html(
        '<time datetime="{}" title="{}">{}{}</time>',
        local.isoformat(timespec="minutes"), f"{drawing.in_full(local.date())} {local:%H:%M}", day, f"{local:%H:%M}",
    )  # fmt: skip


@register.simple_tag
def word_of(option: Any) -> SafeString | str:
    """A choice in its colour; nothing where there is none."""
    return drawing.chip(option.name, option.colour) if option else ""
