"""Does a value have the shape that a JSON schema says? As much of the standard as our document uses."""

from __future__ import annotations

from typing import Any

KINDS: dict[str, Any] = {
    "string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict,
    "null": type(None),
}  # fmt: skip


def wrong_with(value: Any, schema: dict[str, Any], document: dict[str, Any], where: str = "$") -> list[str]:
    """Where and what; nothing when it fits."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in schema:
        tried = [wrong_with(value, each, document, where) for each in schema["anyOf"]]
        return [] if any(not each for each in tried) else tried[0]
    wrong = []
    kinds = schema.get("type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if kinds and not any(_is(value, kind) for kind in kinds):
        return [f"{where}: {value!r} is not {kinds}"]
    if "enum" in schema and value not in schema["enum"]:
        wrong.append(f"{where}: {value!r} is none of {schema['enum']}")
    if isinstance(value, dict):
        wrong += [f"{where}.{name} is missing" for name in schema.get("required", []) if name not in value]
        for name, each in schema.get("properties", {}).items():
            if name in value:
                wrong += wrong_with(value[name], each, document, f"{where}.{name}")
    if isinstance(value, list) and "items" in schema:
        for number, each in enumerate(value):
            wrong += wrong_with(each, schema["items"], document, f"{where}[{number}]")
    return wrong


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, KINDS[kind]) and not (kind in {"integer", "number"} and isinstance(value, bool))
