"""The rules for the phone: with each entry that it can make, in a form that it can work out without signal."""

from __future__ import annotations

from typing import Any

from daifuku.phone.asked import OWN, field_told
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.rules.gate import is_too_much, lacks
from daifuku.rules.rulings import Ruling, rulings_of
from daifuku.rules.words import in_short, sentence_of
from daifuku.staff.viewer import Viewer


def rules_for(viewer: Viewer) -> list[dict[str, Any]]:
    """Those that this person may know of, each with what it will say where something is missing."""
    return [
        _told(ruling, object_key, viewer)
        for object_key in OWN
        if viewer.may(object_key, "create")
        for ruling in rulings_of(object_key, at_hand=False)
        if ruling.watched <= vocabulary.fields_for(viewer, object_key).keys()
    ]


def _told(ruling: Ruling, object_key: str, viewer: Viewer) -> dict[str, Any]:
    rule, editable = ruling.rule, vocabulary.editable_for(viewer, object_key)
    seen = vocabulary.fields_for(viewer, object_key)
    return {
        "object": object_key, "title": rule.title, "note": rule.note, "refuses": ruling.refuses,
        "sentence": sentence_of(rule, fields=seen), "short": in_short(rule, seen),
        "condition": ruling.condition.to_json(),
        "required": [
            _field(field, object_key, str(lacks(field, ruling).message))
            for field in ruling.required
            if field.key in editable and field.default is None
        ],
        "emptied": [
            _field(field, object_key, str(is_too_much(field, ruling).message))
            for field in ruling.emptied
            if field.key in editable
        ],
    }  # fmt: skip


def _field(field: Field, object_key: str, sentence: str) -> dict[str, Any]:
    return {**field_told(field, object_key), "sentence": sentence}
