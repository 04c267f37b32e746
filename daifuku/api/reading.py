"""The OpenAPI document as a person reads it: sections, operations, parameters, fields, an example for each."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from shlex import quote
from typing import Any

from django.utils.translation import gettext as _


@dataclass
class Row:
    """A parameter or a field."""

    name: str
    type: str
    must: bool
    words: str


@dataclass
class Entry:
    """One operation."""

    anchor: str
    method: str
    path: str
    summary: str
    words: str
    parameters: list[Row]
    body: list[Row]
    answer: str
    example: str


@dataclass
class Section:
    anchor: str
    title: str
    entries: list[Entry] = field(default_factory=list)


class Reader:
    def __init__(self, document: dict[str, Any], host: str) -> None:
        self.document, self.host = document, host.rstrip("/")

    def sections(self) -> list[Section]:
        found: dict[str, Section] = {}
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                title = (operation.get("tags") or [_("その他")])[0]
                section = found.setdefault(title, Section(f"section-{len(found) + 1}", title))
                section.entries.append(self._entry(path, method, operation))
        return list(found.values())

    def schemas(self) -> list[tuple[str, list[Row]]]:
        """The shapes that operations refer to."""
        return [
            (name, self._rows(schema))
            for name, schema in sorted(self.document["components"]["schemas"].items())
            if schema.get("properties")
        ]

    def _entry(self, path: str, method: str, operation: dict[str, Any]) -> Entry:
        parameters = [
            Row(each["name"], type_of(each["schema"]), each["required"], each.get("description", ""))
            for each in operation["parameters"]
        ]
        content = operation.get("requestBody", {}).get("content", {})
        schema = self._resolved(next(iter(content.values()))["schema"]) if content else {}
        good: dict[str, Any] = next(
            (each for status, each in operation["responses"].items() if status.startswith("2")), {}
        )
        shapes = list(good.get("content", {}).values())
        shape = shapes[0]["schema"] if shapes else {}
        return Entry(
            operation["operationId"], method.upper(), path, operation.get("summary", ""),
            operation.get("description", ""), parameters, self._rows(schema), name_of(shape),
            self._example(path, method, schema, next(iter(content), "")),
        )  # fmt: skip

    def _rows(self, schema: dict[str, Any]) -> list[Row]:
        must = set(schema.get("required", ()))
        return [
            Row(name, type_of(each), name in must, each.get("description") or each.get("title", ""))
            for name, each in schema.get("properties", {}).items()
        ]

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in schema:
            return schema
        found: dict[str, Any] = self.document["components"]["schemas"].get(name_of(schema), {})
        return found

    def _example(self, path: str, method: str, schema: dict[str, Any], kind: str) -> str:
        parts = ["curl"]
        if method != "get":
            parts += ["-X", method.upper()]
        parts += ['-H "Authorization: Bearer $TOKEN"']
        if method == "post":
            parts += ['-H "Idempotency-Key: $(uuidgen)"']
        if kind == "multipart/form-data":
            parts += ["-F file=@torihikisaki.csv" if "/imports" in path else "-F file=@mitsumori.pdf"]
        elif schema:
            body = json.dumps(self._sample(schema), ensure_ascii=False)
            parts += ["-H 'Content-Type: application/json'", f"-d {quote(body)}"]
        shown = path.replace("{", "").replace("}", "").replace("path:", "")
        return " \\\n  ".join([*parts, quote(f"{self.host}{shown}")])

    def _sample(self, schema: dict[str, Any]) -> Any:
        """The required fields, or the first one."""
        properties = schema.get("properties", {})
        names = schema.get("required") or list(properties)[:1]
        return {name: self._value(properties[name]) for name in names if name in properties}

    def _value(self, schema: dict[str, Any]) -> Any:
        schema = self._resolved(schema)
        if values := [value for value in schema.get("enum", ()) if value]:
            return values[0]
        kinds = schema.get("type", "string")
        kind = kinds[0] if isinstance(kinds, list) else kinds
        if kind == "array":
            return [self._value(schema.get("items", {}))]
        if kind == "object":
            return self._sample(schema)
        return {"integer": 1, "number": 1, "boolean": True}.get(kind, "…")


def name_of(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rsplit("/", 1)[-1]


def type_of(schema: dict[str, Any]) -> str:
    """`string`, `string (date)`, `list of ...`, the choices where there are few."""
    if "$ref" in schema:
        return name_of(schema)
    if "anyOf" in schema:
        return " | ".join(type_of(each) for each in schema["anyOf"] if each.get("type") != "null")
    kinds = schema.get("type", "any")
    words = " | ".join(kind for kind in kinds if kind != "null") if isinstance(kinds, list) else str(kinds)
    if words == "array":
        return f"[{type_of(schema.get('items', {}))}]"
    choices = [str(value) for value in schema.get("enum", ()) if value not in {"", None}]
    if choices:
        return " | ".join(choices[:12]) + (" | …" if len(choices) > 12 else "")
    return f"{words} ({schema['format']})" if schema.get("format") else words
