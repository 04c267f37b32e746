"""The OpenAPI document as it is for one person: an operation for each kind of record, typed by the catalogue."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from daifuku.api.explaining import explain
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import Choice, DecimalNumber, MultiChoice
from daifuku.records.presenting.links import LINKS, kind_of
from daifuku.staff.viewer import Viewer

Schema = dict[str, Any]
PLACE = "{slug}"
PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "field": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "detail")},
            },
        },
    },
}
REFUSED: Schema = {
    "description": "Problem (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
KEY_HEADER: Schema = {
    "in": "header", "name": "Idempotency-Key", "required": False, "schema": {"type": "string", "maxLength": 180},
}  # fmt: skip
MATCH_HEADER: Schema = {"in": "header", "name": "If-Match", "required": False, "schema": {"type": "string"}}
MATCHED = {
    "change_{object}", "delete_{object}", "change_view_{object}", "change_field_{object}", "retype_field_{object}",
    "change_team", "change_role",
}  # fmt: skip


def document(viewer: Viewer) -> dict[str, Any]:
    """Built anew for every request, so that a field that was added a moment ago is in it."""
    base = deepcopy(_base())
    explain(base)
    base["info"]["title"] = _("大福帳 API")
    seen = registry.known_to(viewer)
    plain: dict[str, Any] = {}
    typed: dict[str, Any] = {object_type.key: {} for object_type in seen}
    by_slug = {object_type.slug: object_type for object_type in registry.every()}
    for path, methods in sorted(base["paths"].items(), key=lambda each: PLACE not in each[0]):
        owner = by_slug.get(path.removeprefix(_prefix()).partition("/")[0])
        if PLACE not in path and owner is None:
            plain[path] = _finished(methods)
            continue
        for object_type in seen if owner is None else [each for each in seen if each is owner]:
            real = path.replace(PLACE, object_type.slug)
            typed[object_type.key][real] = _finished(_typed(deepcopy(methods), object_type))
    paths = {path: methods for part in (*typed.values(), plain) for path, methods in part.items()}
    base["paths"] = paths
    schemas = base["components"]["schemas"]
    schemas["Problem"] = PROBLEM
    for object_type in seen:
        schemas |= object_schemas(object_type, viewer)
    return base


@cache
def _base() -> dict[str, Any]:
    """What ninja knows: the operations with their parameters, not yet of any kind of record."""
    from daifuku.api.assembly import api

    found = dict(api.get_openapi_schema(path_prefix=_prefix()))
    for methods in found["paths"].values():
        for operation in methods.values():
            if operation["operationId"] in MATCHED:
                operation["parameters"] = [*operation["parameters"], MATCH_HEADER]
    return found


def _prefix() -> str:
    from daifuku.api.assembly import PREFIX

    return PREFIX


def _typed(methods: dict[str, Any], object_type: ObjectType) -> dict[str, Any]:
    for operation in methods.values():
        operation["parameters"] = [each for each in operation["parameters"] if each["name"] != "slug"]
        operation["tags"] = [object_type.name]
    filled: dict[str, Any] = _filled(methods, object_type.key)
    return filled


def _filled(part: Any, key: str) -> Any:
    """Puts the kind of record into names and references; a reference stands alone."""
    if isinstance(part, str):
        return part.replace("{object}", key).replace("{Object}", name_of(key))
    if isinstance(part, list):
        return [_filled(each, key) for each in part]
    if isinstance(part, dict):
        if "$ref" in part:
            return {"$ref": _filled(part["$ref"], key)}
        return {name: _filled(value, key) for name, value in part.items()}
    return part


def _finished(methods: dict[str, Any]) -> dict[str, Any]:
    for method, operation in methods.items():
        headers = [KEY_HEADER] if method != "get" else []
        operation["parameters"] = [*operation["parameters"], *headers]
        told = operation["responses"].items()
        good = {str(status): answer for status, answer in told if answer.get("content") or status != 200}
        operation["responses"] = good | {"default": REFUSED}
    return methods


def name_of(key: str) -> str:
    return "".join(word.capitalize() for word in key.split("_"))


def object_schemas(object_type: ObjectType, viewer: Viewer) -> dict[str, Schema]:
    """`Account` as it is read, `AccountNew`, `AccountChange` as it is written, and a page of them."""
    name = name_of(object_type.key)
    fields = vocabulary.fields_for(viewer, object_type.key)
    editable = vocabulary.editable_for(viewer, object_type.key)
    own = {
        "uid": {"type": "string", "format": "uuid"}, "version": {"type": "integer"}, "label": {"type": "string"},
        "url": {"type": "string"},
    }  # fmt: skip
    written = {key: _named(field, written_schema(field)) for key, field in editable.items()}
    required = [key for key, field in editable.items() if field.required and field.default is None]
    return {
        name: {
            "type": "object",
            "required": list(own),
            "properties": {
                **{key: _named(field, read_schema(field)) for key, field in fields.items()},
                **own,
            },
        },
        f"{name}New": {
            "type": "object",
            "required": required,
            "additionalProperties": False,
            "properties": {**written, "uid": own["uid"]},
        },
        f"{name}Change": {"type": "object", "additionalProperties": False, "properties": written},
        f"{name}List": {
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
                "next": {"type": ["string", "null"]},
                "previous": {"type": ["string", "null"]},
                "count": {"type": "integer"},
                "more": {"type": "boolean"},
            },
        },
    }


def _named(field: Field, schema: Schema) -> Schema:
    named = {"title": field.name, **schema}
    if str(field.help):
        named["description"] = str(field.help)
    if not field.editable:
        named["readOnly"] = True
    return named


def read_schema(field: Field) -> Schema:
    """The value as an answer holds it; an empty one is null."""
    if isinstance(field.type, LINKS):
        key: Schema = (
            {"id": {"type": "integer"}} if kind_of(field) == "team" else {"uid": {"type": ["string", "null"]}}
        )
        return {"type": ["object", "null"], "properties": {**key, "label": {"type": "string"}}}
    if isinstance(field.type, DecimalNumber):
        return {"type": ["string", "null"], "format": "decimal"}
    schema = dict(field.type.schema())
    schema["type"] = [schema["type"], "null"]
    if "enum" in schema:
        schema["enum"] = [*(value for value in schema["enum"] if value != ""), None]
    return schema


def written_schema(field: Field) -> Schema:
    """What a request may send; null empties the field."""
    if isinstance(field.type, LINKS):
        words = _("uid、または一意に決まる名前")
        kinds = ["integer", "string", "null"] if kind_of(field) == "team" else ["string", "null"]
        return {"type": kinds, "description": words}
    schema = dict(field.type.schema())
    kinds = [schema["type"], "null"]
    if field.type.numeric:
        kinds = [schema["type"], "string", "null"]
    schema["type"] = kinds
    if isinstance(field.type, Choice) and not isinstance(field.type, MultiChoice) or "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema
