"""What records are made of, as it is now: objects, fields, choices."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of
from daifuku.api.routing import fixed, records
from daifuku.foundation.errors import NotFound
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import HasOptions, RecordLink


class ObjectItem(Schema):
    key: str
    slug: str
    label: str


class Objects(Schema):
    items: list[ObjectItem]


class FieldItem(Schema):
    key: str
    label: str
    type: str
    section: str
    required: bool
    editable: bool
    sortable: bool
    custom: bool
    personal: bool
    help: str
    default: Any = None
    target: str | None = None
    operators: list[str]
    choices: list[dict[str, Any]] | None = None
    computed: str | None = None
    formula: str | None = None
    broken: bool = False


class Fields(Schema):
    items: list[FieldItem]


class Choices(Schema):
    items: list[dict[str, Any]]


@fixed.get(
    "/objects", operation_id="list_objects", summary=noop("記録の種類"), tags=[noop("項目")], response=Objects
)
def list_objects(request: Asked) -> Answer:
    """The kinds of records that the caller may see."""
    viewer = request.auth.viewer
    items = [
        {"key": object_type.key, "slug": object_type.slug, "label": object_type.name}
        for object_type in registry.known_to(viewer)
    ]
    return Answer({"items": items})


@records.get("/{slug}/fields", operation_id="fields_{object}", summary=noop("項目"), response=Fields)
def list_fields(request: Asked, slug: str) -> Answer:
    """Standard and custom fields that the caller sees, in their order."""
    viewer = request.auth.viewer
    object_type = object_of(viewer, slug)
    editable = vocabulary.editable_for(viewer, object_type.key)
    fields = vocabulary.fields_for(viewer, object_type.key)
    return Answer({"items": [_field(field, editable=key in editable) for key, field in fields.items()]})


@records.get(
    "/{slug}/fields/{field}/choices",
    operation_id="choices_{object}",
    summary=noop("選択肢"),
    response=Choices,
)
def list_choices(request: Asked, slug: str, field: str) -> Answer:
    """The choices of one field, also those that are no longer offered (`active` is false)."""
    object_type = object_of(request.auth.viewer, slug)
    found = vocabulary.fields_for(request.auth.viewer, object_type.key).get(field)
    if found is None or not isinstance(found.type, HasOptions):
        raise NotFound
    return Answer({"items": _choices(found)})


def _field(field: Field, *, editable: bool) -> dict[str, Any]:
    return {
        "key": field.key, "label": field.name, "type": field.type.key, "section": field.section,
        "required": field.required, "editable": editable, "sortable": field.sortable, "custom": field.custom,
        "personal": field.personal, "help": str(field.help), "default": field.default,
        "computed": field.computed or None, "formula": field.formula or None, "broken": field.broken,
        "target": field.type.target if isinstance(field.type, RecordLink) else None,
        "operators": list(field.type.operators),
        "choices": _choices(field) if isinstance(field.type, HasOptions) else None,
    }  # fmt: skip


def _choices(field: Field) -> list[dict[str, Any]]:
    options = field.type.options if isinstance(field.type, HasOptions) else ()
    return [
        {"key": option.key, "label": option.name, "colour": option.colour, "active": option.active}
        for option in options
    ]
