"""The building blocks of every page: fields, buttons, notes, icons, coloured words, people, days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from daifuku.foundation.calendar import wareki
from daifuku.web.icons import drawing

register = template.Library()

WEEKDAYS = "月火水木金土日"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """`{% icon "plus" %}` is decoration; with a label screen readers say it."""
    return drawing(name, label)


@register.inclusion_tag("web/tags/field.html")
def field(bound: BoundField, note: str = "") -> dict[str, Any]:
    """Label, input, help and what is wrong with it, tied together for screen readers."""
    identity = bound.auto_id or f"id_{bound.name}"
    described = [f"{identity}_{part}" for part in ("help", "error") if _has(bound, part, note)]
    attributes: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return {
        "bound": bound,
        "id": identity,
        "widget": bound.as_widget(attrs={**bound.field.widget.attrs, **attributes}),
        "note": note or bound.help_text,
        "kind": bound.field.widget.__class__.__name__.lower(),
    }


def _has(bound: BoundField, part: str, note: str) -> bool:
    return bool(bound.errors) if part == "error" else bool(note or bound.help_text)


@register.inclusion_tag("web/tags/button.html")
def button(words: str, kind: str = "", icon: str = "", size: str = "", **attributes: Any) -> dict[str, Any]:
    """A submit button; `kind` is primary, danger, quiet; other arguments become attributes."""
    attributes.setdefault("type", "submit")
    return {"words": words, "kind": kind, "icon": icon, "size": size, "attributes": _plain(attributes)}


@register.inclusion_tag("web/tags/link_button.html")
def link_button(
    words: str, href: str, kind: str = "", icon: str = "", size: str = "", **attributes: Any
) -> dict[str, Any]:
    """A link that looks like a button."""
    return {
        "words": words,
        "href": href,
        "kind": kind,
        "icon": icon,
        "size": size,
        "attributes": _plain(attributes),
    }


def _plain(attributes: dict[str, Any]) -> list[tuple[str, Any]]:
    """`data_controller` is written data-controller; what is None or False is left out."""
    return [
        (name.replace("_", "-"), value) for name, value in attributes.items() if value not in (None, False)
    ]


@register.simple_block_tag
def banner(content: str, kind: str = "info") -> SafeString:
    """A note above the content: bad, good or info."""
    mark = {"bad": "circle-alert", "good": "check", "info": "info"}.get(kind, "info")
    role = "alert" if kind == "bad" else "status"
    return format_html(
        '<div class="banner" data-kind="{}" role="{}">{}<div>{}</div></div>',
        kind,
        role,
        drawing(mark),
        content,
    )


@register.simple_tag
def chip(label: Any, colour: str = "grey") -> SafeString:
    """A coloured word: a choice, a state."""
    return format_html('<span class="chip" data-colour="{}">{}</span>', colour, label)


@register.simple_tag
def person(someone: Any) -> SafeString | str:
    """A colleague with his initial; nothing where there is nobody."""
    if not someone:
        return ""
    return format_html(
        '<span class="who"><span class="initial" aria-hidden="true">{}</span>{}</span>',
        str(someone)[:1],
        someone,
    )


@register.simple_tag
def day(value: date | datetime | None) -> SafeString | str:
    """11/22(日), with the year where it is another one; in full and in 和暦 on hover."""
    if value is None:
        return ""
    shown = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', shown.isoformat(), in_full(shown), short(shown)
    )


@register.simple_tag
def moment(value: datetime | None) -> SafeString | str:
    """「3分前」 today, 11/22(日) 14:05 before; in full on hover."""
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
    seconds = (timezone.localtime() - local).total_seconds()
    if 0 <= seconds < 60:
        return _("たった今")
    if 0 <= seconds < 3600:
        minutes = int(seconds // 60)
        return ngettext("%(n)s分前", "%(n)s分前", minutes) % {"n": minutes}
    if local.date() == timezone.localdate():
        return f"{local:%H:%M}"
    if local.year != timezone.localdate().year:
        return short(local.date())
    return f"{short(local.date())} {local:%H:%M}"


@register.inclusion_tag("web/tags/page_head.html")
def page_head(title: str, back: str = "", back_words: str = "", lead: str = "") -> dict[str, Any]:
    """The heading of a page, with the way back where there is one."""
    return {"title": title, "back": back, "back_words": back_words, "lead": lead}


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """A value of a dict by a key that is only known in the template."""
    return mapping.get(key) if hasattr(mapping, "get") else None
