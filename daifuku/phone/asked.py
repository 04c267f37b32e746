"""What the phone's entry can ask for: its own form, and beyond it the plain fields that a rule of the firm wants.

Areas above put what they ask of every entry into `sources` from `apps.ready()`; it travels with what the phone keeps,
so that it is shown without signal too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from daifuku.phone import showing
from daifuku.records.catalogue.field import Field
from daifuku.staff.viewer import Viewer

Told = dict[str, Any]
WITH = frozenset({"account", "contact", "lead"})
# Always on the form, or filled in by itself.
OWN: dict[str, frozenset[str]] = {
    "talk": WITH | {"method", "content", "text", "started_at", "owner", "subject"},
    "plan": WITH | {"method", "started_at", "owner", "subject", "state"},
    "task": WITH | {"due_on", "owner", "subject", "state"},
    "voice": WITH | {"topic", "text", "product", "talk", "owner", "subject", "severity", "state"},
}
# Kinds of fields that can be asked for beside it, and the box in which they are typed.
BOXES = {
    "text": "text", "kana": "text", "long_text": "textarea", "email": "email", "phone": "tel", "url": "url",
    "integer": "number", "decimal": "number", "percent": "number", "money": "number", "date": "date",
    "datetime": "datetime-local", "choice": "choice", "yes_no": "choice",
}  # fmt: skip
YES_NO = ("yes", "no")

# Each gives {object, title, sentence, short, note, refuses, condition, required: [field], emptied: [field]}.
sources: list[Callable[[Viewer], list[Told]]] = []


def rules_for(viewer: Viewer) -> list[Told]:
    return [told for source in sources for told in source(viewer)]


def can_ask(field: Field, object_key: str) -> bool:
    """Can whoever enters on the phone bring a value of this field?"""
    return object_key not in OWN or field.key in OWN[object_key] or field.type.key in BOXES


def field_told(field: Field, object_key: str) -> Told:
    """`box` is empty for what the form asks anyhow, and for what only the desk can ask."""
    own = field.key in OWN.get(object_key, ())
    box = "" if own else BOXES.get(field.type.key, "")
    return {"key": field.key, "name": str(field.name), "own": own, "box": box, "options": _options(field)}


def _options(field: Field) -> list[Told]:
    if field.type.key == "choice":
        return [showing.option(each) for each in field.type.offered()]  # type: ignore[attr-defined]
    if field.type.key == "yes_no":
        return [{"key": key, "name": field.type.display(key == "yes"), "colour": "grey"} for key in YES_NO]
    return []
