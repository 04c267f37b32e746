"""The icons: each is one of the vendored drawings, put into the page as it is."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "vendor"
# What the areas call it, and the drawing.
NAMES = {
    "home": "house", "company": "building-2", "person": "user", "people": "users", "lead": "funnel",
    "edit": "pencil", "trash": "trash-2", "undo": "undo-2", "redo": "redo-2", "more": "ellipsis", "dot": "circle-dot",
    "key": "key-round", "help": "circle-question-mark", "sliders": "sliders-horizontal", "comment": "message-square",
    "columns": "columns-3", "tree": "network", "share": "share-2", "warning": "triangle-alert", "job": "activity",
    "device": "smartphone", "import": "upload", "export": "download", "close": "x", "drag": "grip-vertical",
    "view": "bookmark", "clip": "paperclip", "sign-out": "log-out", "history": "history", "token": "key-round",
    "panel": "panel-left", "backup": "save", "chart": "activity", "card": "id-card",
}  # fmt: skip


def drawing(name: str, label: str = "") -> SafeString:
    """The picture; without a label it is decoration and screen readers pass over it."""
    body = _body(NAMES.get(name, name))
    if label:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', label, body
        )
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', body)


@cache
def _body(name: str) -> SafeString:
    path = FOLDER / f"{name}.svg"
    if not path.is_file():
        path = FOLDER / "circle-dot.svg"
    inner = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(encoding="utf-8"), re.DOTALL)
    # From the vendored files, never from what somebody typed.
    return mark_safe(re.sub(r"\s+", " ", inner.group(1)).strip() if inner else "")  # noqa: S308
