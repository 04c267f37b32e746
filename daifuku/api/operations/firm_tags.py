"""All tags of the firm with their colours; named, coloured, merged and retired by whoever edits the settings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import number_of
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.records.actions import tagging
from daifuku.records.actions.powers import need_settings
from daifuku.records.models import Tag

WORDS = noop("タグ")


class NewTag(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str
    colour: str = "grey"


class TagChange(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    colour: str | None = None


class Merging(Schema):
    model_config = ConfigDict(extra="forbid")

    into: int


class FirmTag(Schema):
    id: int
    name: str
    colour: str
    retired: bool


class FirmTags(Schema):
    items: list[FirmTag]


@fixed.get("/tags", operation_id="list_tags", summary=noop("タグの一覧"), tags=[WORDS], response=FirmTags)
def list_tags(request: Asked, retired: bool = Query(False, description=noop("使わなくしたものも"))) -> Answer:
    """Those that are offered to the caller; with `retired` (for whoever edits the settings) the others as well."""
    if retired:
        need_settings(request.auth.person)
    tags = Tag.objects.all() if retired else tagging.offered(request.auth.person.pk)
    return Answer({"items": [_json(tag) for tag in tags]})


@fixed.post(
    "/tags", operation_id="create_tag", summary=noop("タグの追加"), tags=[WORDS], response={201: FirmTag}
)
def create_tag(request: Asked, body: NewTag) -> Answer:
    """One of this name that is there already gets the colour."""
    need_settings(request.auth.person)
    tag = tagging.tag_named(body.name, by=request.auth.person, colour=body.colour)
    return Answer(_json(tag), 201)


@fixed.patch(
    "/tags/{tag}", operation_id="change_tag", summary=noop("タグの変更"), tags=[WORDS], response=FirmTag
)
def change_tag(request: Asked, tag: str, body: TagChange) -> Answer:
    """Renames or recolours it on all records at once."""
    found = _tag(request, tag)
    return Answer(_json(tagging.edit_tag(found, by=request.auth.person, name=body.name, colour=body.colour)))


@fixed.delete(
    "/tags/{tag}", operation_id="retire_tag", summary=noop("タグを使わなくする"), tags=[WORDS],
    response={204: None},
)  # fmt: skip
def retire_tag(request: Asked, tag: str) -> Answer:
    """Hidden everywhere; brought back it is on the same records."""
    tagging.retire_tag(_tag(request, tag), by=request.auth.person)
    return Answer(status=204)


@fixed.post(
    "/tags/{tag}/restore",
    operation_id="restore_tag",
    summary=noop("タグを戻す"),
    tags=[WORDS],
    response=FirmTag,
)
def restore_tag(request: Asked, tag: str) -> Answer:
    """One that is not retired stays as it is."""
    return Answer(_json(tagging.bring_back_tag(_tag(request, tag), by=request.auth.person)))


@fixed.post(
    "/tags/{tag}/merge", operation_id="merge_tag", summary=noop("タグの統合"), tags=[WORDS], response=FirmTag
)
def merge_tag(request: Asked, tag: str, body: Merging) -> Answer:
    """Every record that has it gets `into` instead; the answer is that one."""
    found = _tag(request, tag)
    into = Tag.objects.filter(pk=number_of(str(body.into)), retired_at__isnull=True).first()
    if into is None:
        raise NotFound
    return Answer(_json(tagging.merge_tags(found, into, by=request.auth.person)))


def _tag(request: Asked, number: str) -> Tag:
    need_settings(request.auth.person)
    found = Tag.objects.filter(pk=number_of(number)).first()
    if found is None:
        raise NotFound
    return found


def _json(tag: Tag) -> dict[str, Any]:
    return {"id": tag.pk, "name": tag.name, "colour": tag.colour, "retired": tag.retired_at is not None}
