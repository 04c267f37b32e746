"""The few boxes over a list that narrow it down, and how a kept view's condition fills them in again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.conditions import Condition, parse_leniently
from daifuku.staff.viewer import Viewer


def test_of(field: Field, value: str) -> dict[str, Any]:
    """The box of `field` with `value` as a part of a condition."""
    operator = _operator(field)
    return {"field": field.key, "op": operator, "value": [value] if operator == "any_of" else value}


def with_boxes(condition: Condition, tests: list[dict[str, Any]], viewer: Viewer) -> Condition:
    """The condition and what is set in the boxes."""
    if not tests:
        return condition
    written = condition.to_json()
    parts = written["all"] if condition.root.connector == "all" else [written]
    return parse_leniently({"all": [*parts, *tests]}, condition.object_key, viewer)


def boxes_of(
    condition: Condition, object_type: ObjectType, fields: Mapping[str, Field], viewer: Viewer
) -> tuple[Condition, dict[str, str]]:
    """What is left of a kept condition, and what of it the boxes can show."""
    if condition.root.connector != "all" or condition.problems:
        return condition, {}
    left, boxes = [], {}
    for part in condition.to_json()["all"]:
        key, value = part.get("field"), part.get("value")
        one = value[0] if isinstance(value, list) and len(value) == 1 else value
        offered = key in object_type.quick_filters and key in fields and key not in boxes
        if offered and isinstance(one, str) and one and part == test_of(fields[key], one):
            boxes[key] = one
        else:
            left.append(part)
    return (parse_leniently({"all": left}, object_type.key, viewer) if boxes else condition), boxes


def _operator(field: Field) -> str:
    return next(
        (each for each in ("any_of", "contains") if each in field.type.operators), field.type.operators[0]
    )
