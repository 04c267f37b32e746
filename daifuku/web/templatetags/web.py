"""The building blocks of every page: fields, buttons, notes, icons, coloured words, people, days."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.template.base import Node, Parser, TextNode, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from daifuku.foundation import drawing
from daifuku.web import icons

register = template.Library()


@register.simple_tag(name="icon")
def drawn_icon(name: str, label: str = "") -> SafeString:
    return icons.drawing(name, label)


_icon_tag = register.tags["icon"]


@register.tag
def icon(parser: Parser, token: Token) -> Node:
    """`{% icon "plus" %}` is decoration, drawn once when the template is read; with a label screen readers say it."""
    node = _icon_tag(parser, token)
    fixed = len(node.args) == 1 and not node.kwargs and not node.args[0].is_var and node.target_var is None
    return TextNode(icons.drawing(node.args[0].var)) if fixed else node


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


@register.simple_tag
def button(words: str, kind: str = "", icon: str = "", size: str = "", **attributes: Any) -> SafeString:
    """A submit button; `kind` is primary, danger, quiet; other arguments become attributes."""
    return _button("button", words, icon, {"type": "submit", **attributes}, kind, size)


@register.simple_tag
def link_button(
    words: str, href: str, kind: str = "", icon: str = "", size: str = "", **attributes: Any
) -> SafeString:
    """A link that looks like a button."""
    return _button("a", words, icon, {"href": href, **attributes}, kind, size)


def _button(
    element: str, words: str, icon: str, attributes: dict[str, Any], kind: str, size: str
) -> SafeString:
    """Built in Python: a record's page has ten. `data_controller` is written data-controller; None and False are left
    out.
    """
    given = {"data-kind": kind or None, "data-size": size or None, **attributes}
    written = "".join(
        f' {name.replace("_", "-")}="{drawing.text(value)}"'
        for name, value in given.items()
        if value is not None and value is not False
    )
    picture = icons.drawing(icon) if icon else ""
    return SafeString(
        f'<{element} class="button"{written}>{picture}<span>{drawing.text(words)}</span></{element}>'
    )


@register.simple_block_tag
def banner(content: str, kind: str = "info") -> SafeString:
    """A note above the content: bad, good or info."""
    mark = {"bad": "circle-alert", "good": "check", "info": "info"}.get(kind, "info")
    role = "alert" if kind == "bad" else "status"
    return format_html(
        '<div class="banner" data-kind="{}" role="{}">{}<div>{}</div></div>',
        kind,
        role,
        icons.drawing(mark),
        content,
    )


for piece in (drawing.chip, drawing.person, drawing.day, drawing.moment):
    register.simple_tag(piece)


@register.inclusion_tag("web/tags/page_head.html")
def page_head(title: str, back: str = "", back_words: str = "", lead: str = "") -> dict[str, Any]:
    """The heading of a page, with the way back where there is one."""
    return {"title": title, "back": back, "back_words": back_words, "lead": lead}


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """A value of a dict by a key that is only known in the template."""
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.filter
def grouped(number: Any) -> str:
    """22200 is read as 22,200; numbers inside forms and addresses stay as they are."""
    return f"{number:,}" if isinstance(number, int) else str(number)
