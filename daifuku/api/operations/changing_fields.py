"""Fields of one's own, for whoever edits the settings: added, changed, ordered, retired, brought back, retyped."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, wanted_version
from daifuku.api.routing import fixed, records
from daifuku.foundation.errors import NotFound
from daifuku.jobs.models import Job
from daifuku.ledger.models import Event
from daifuku.records.actions import custom_fields, naming, retyping
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import CustomField

KEYED = "/{slug}/fields/{field}"


class FieldChange(Schema):
    model_config = ConfigDict(extra="forbid")

    label: str | None = None
    label_en: str | None = None
    help: str | None = None
    section: str | None = None
    required: bool | None = None
    default: Any = None
    options: dict[str, Any] | None = Field(
        None,
        description="longest, places, target; of a formula: formula, result, places; of a roll-up: of, link, how, "
        "field, condition, places",
    )
    hidden_from_roles: list[str] | None = None
    indexed: bool | None = None


class NewField(FieldChange):
    """`key` is made from `label_en` where none is sent; key and type stay what they are. The type `formula` is worked
    out from other fields, `rollup` from the records that link here."""

    type: str
    label: str
    key: str = Field("", max_length=63)


class FieldPlace(Schema):
    model_config = ConfigDict(extra="forbid")

    key: str
    section: str


class FieldOrder(Schema):
    model_config = ConfigDict(extra="forbid")

    order: list[FieldPlace] = Field(..., max_length=1000)


class NewType(Schema):
    model_config = ConfigDict(extra="forbid")

    type: str
    options: dict[str, Any] = {}
    preview: bool = False


class FieldSettings(Schema):
    key: str
    type: str
    label: str
    label_en: str
    help: str
    section: str
    required: bool
    default: Any
    options: dict[str, Any]
    hidden_from_roles: list[str]
    indexed: bool
    index_state: str
    review_on: str | None
    retired: bool
    version: int


class AllFieldSettings(Schema):
    items: list[FieldSettings]


class Rewritten(Schema):
    """The line by which it can be undone, how many records it is about, the job where they are many."""

    event: int | None
    count: int
    job: str | None


class Retyped(Rewritten):
    """`lost` values cannot be read as the new type; `samples` and `lost_samples` are pairs of old and new."""

    lost: int
    samples: list[list[str]]
    lost_samples: list[list[str]]
    new_choices: list[str]


class ObjectNames(Schema):
    """What the firm calls these records; an empty name is the shipped one again."""

    model_config = ConfigDict(extra="forbid")

    label: str
    label_en: str = ""


@fixed.patch(
    "/objects/{kind}", operation_id="rename_object", summary=noop("記録の呼び名"), tags=[noop("項目")],
    response={204: None},
)  # fmt: skip
def rename_object(request: Asked, kind: str, body: ObjectNames) -> Answer:
    """得意先 instead of 取引先, everywhere; `kind` is the slug. For whoever edits the settings."""
    object_type = object_for_settings(request, kind)
    naming.rename_object(object_type.key, body.label, label_en=body.label_en, by=request.auth.person)
    return Answer(status=204)


@records.post(
    "/{slug}/fields",
    operation_id="add_field_{object}",
    summary=noop("項目の追加"),
    response={201: FieldSettings},
)
def add_field(request: Asked, slug: str, body: NewField) -> Answer:
    """At once in forms, lists, files and here."""
    object_type, sent = object_for_settings(request, slug), body.model_dump(exclude_unset=True)
    row = custom_fields.add_field(object_type.key, by=request.auth.person, **sent)
    return shown_settings(row, 201)


@records.put(
    "/{slug}/fields",
    operation_id="order_fields_{object}",
    summary=noop("項目の並び順"),
    response=AllFieldSettings,
)
def order_fields(request: Asked, slug: str, body: FieldOrder) -> Answer:
    """Those not named follow. The answer holds all fields that were added, retired ones as well."""
    object_type = object_for_settings(request, slug)
    order = [(each.key, each.section) for each in body.order]
    custom_fields.order_fields(object_type.key, order, by=request.auth.person)
    rows = CustomField.objects.filter(object=object_type.key)
    return Answer({"items": [_json(row) for row in rows]})


@records.get(KEYED, operation_id="get_field_{object}", summary=noop("項目の設定"), response=FieldSettings)
def get_field(request: Asked, slug: str, field: str) -> Answer:
    """Of a field that was added, also of a retired one; its ETag is its version."""
    return shown_settings(field_of(request, slug, field))


@records.patch(
    KEYED, operation_id="change_field_{object}", summary=noop("項目の設定の変更"), response=FieldSettings
)
def change_field(request: Asked, slug: str, field: str, body: FieldChange) -> Answer:
    """Changes what is sent, but neither key nor type."""
    row, sent = field_of(request, slug, field), body.model_dump(exclude_unset=True)
    version = wanted_version(request)
    return shown_settings(custom_fields.edit_field(row, sent, by=request.auth.person, version=version))


@records.delete(
    KEYED, operation_id="retire_field_{object}", summary=noop("項目を使わなくする"), response={204: None}
)
def retire_field(request: Asked, slug: str, field: str) -> Answer:
    """Nobody sees it any more; its values stay, so that it can be brought back."""
    custom_fields.retire_field(field_of(request, slug, field), by=request.auth.person)
    return Answer(status=204)


@records.post(
    KEYED + "/restore",
    operation_id="restore_field_{object}",
    summary=noop("項目を戻す"),
    response=FieldSettings,
)
def restore_field(request: Asked, slug: str, field: str) -> Answer:
    """With the values that it had."""
    return shown_settings(
        custom_fields.bring_back_field(field_of(request, slug, field), by=request.auth.person)
    )


@records.post(
    KEYED + "/type", operation_id="retype_field_{object}", summary=noop("項目の種類の変更"), response=Retyped
)
def retype_field(request: Asked, slug: str, field: str, body: NewType) -> Answer:
    """Converts all values; what cannot be read is emptied. With `preview` only says what would happen."""
    row, by = field_of(request, slug, field), request.auth.person
    preview = retyping.preview_type_change(row, body.type, body.options, by=by)
    answer: dict[str, Any] = {
        "event": None, "count": preview.total, "job": None, "lost": preview.lost,
        "samples": [list(pair) for pair in preview.samples],
        "lost_samples": [list(pair) for pair in preview.lost_samples],
        "new_choices": [option.name for option in preview.new_choices],
    }  # fmt: skip
    if not body.preview:
        version = wanted_version(request)
        event, count = retyping.change_type(row, body.type, body.options, by=by, version=version)
        answer |= rewritten(event, count, "records.retype")
    return Answer(answer)


def rewritten(event: Event, count: int, kind: str) -> dict[str, Any]:
    """The line of a change of many records and, where they are many, the job that carries it out."""
    job = Job.objects.filter(kind=kind, payload={"event": event.pk}).first()
    return {"event": event.pk, "count": count, "job": str(job.uid) if job else None}


def object_for_settings(request: Asked, slug: str) -> ObjectType:
    """Whoever does not edit the settings is told so before anything else."""
    object_type = object_of(request.auth.viewer, slug)
    need_settings(request.auth.person)
    return object_type


def field_of(request: Asked, slug: str, key: str) -> CustomField:
    row = CustomField.objects.filter(object=object_for_settings(request, slug).key, key=key).first()
    if row is None:
        raise NotFound
    return row


def shown_settings(row: CustomField, status: int = 200) -> Answer:
    return Answer(_json(row), status, {"ETag": f'"{row.version}"'})


def _json(row: CustomField) -> dict[str, Any]:
    own = {name: getattr(row, name) for name in FieldChange.model_fields}
    return {
        **own, "key": row.key, "type": row.type, "index_state": str(row.index_state),
        "review_on": row.review_on,
        "retired": row.retired_at is not None, "version": row.version,
    }  # fmt: skip
