"""Tags on a record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.routing import records
from daifuku.records.actions import tagging


class TagItem(Schema):
    name: str
    colour: str


class Tags(Schema):
    items: list[TagItem]


@records.get("/{slug}/{uid}/tags", operation_id="tags_{object}", summary=noop("タグ一覧"), response=Tags)
def list_tags(request: Asked, slug: str, uid: str) -> Answer:
    """The tags of one record."""
    return _tags(_record(request, slug, uid))


@records.put(
    "/{slug}/{uid}/tags/{name}", operation_id="put_tag_{object}", summary=noop("タグを付ける"), response=Tags
)
def put_tag(request: Asked, slug: str, uid: str, name: str) -> Answer:
    """A new name makes a new tag; one that is there already stays."""
    record = _record(request, slug, uid)
    tagging.put_tag(record, name, by=request.auth.person)
    return _tags(record)


@records.delete(
    "/{slug}/{uid}/tags/{name}", operation_id="remove_tag_{object}", summary=noop("タグを外す"), response=Tags
)
def remove_tag(request: Asked, slug: str, uid: str, name: str) -> Answer:
    """One that is not there stays away."""
    record = _record(request, slug, uid)
    for tag in tagging.tags_of(record).filter(name=name):
        tagging.remove_tag(record, tag, by=request.auth.person)
    return _tags(record)


def _record(request: Asked, slug: str, uid: str) -> Any:
    return record_of(request.auth.viewer, object_of(request.auth.viewer, slug), uid)


def _tags(record: Any) -> Answer:
    tags = tagging.tags_of(record).order_by("name")
    return Answer({"items": [{"name": tag.name, "colour": tag.colour} for tag in tags]})
