"""The record that an address names, if this person may see it; everything else is not found."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.records.absorbing import refuse_merged
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types.link import PersonLink, RecordLink, TeamLink
from daifuku.records.scope import seen_by_uid, sees
from daifuku.staff.viewer import Viewer


def viewer_at(request: HttpRequest) -> Viewer:
    """Who looks; every page stands behind the gate, so there is somebody."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def object_at(request: HttpRequest, slug: str, action: str = "view") -> ObjectType:
    """The kind of record with this word in its address. Raises NotFound, also for who may not see any."""
    object_type = registry.by_slug(slug)
    viewer = viewer_at(request)
    if not viewer.may(object_type.key, "view"):
        raise NotFound
    if not viewer.may(object_type.key, action):
        raise Forbidden
    return object_type


def record_at(
    request: HttpRequest, slug: str, uid: uuid.UUID, *, action: str = "view", trashed: bool = False
) -> tuple[ObjectType, Any]:
    """The record, with the records and people that it links to. With `trashed` it may lie in the trash."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    linked = linked_columns(object_type)
    record = seen_by_uid(object_type.model, uid, viewer, linked=linked, trashed=trashed)
    if record is None:
        refuse_merged(object_type.model, uid, viewer)
        raise NotFound
    if action != "view" and not sees(viewer, record, action):
        raise Forbidden
    return object_type, record


def linked_columns(object_type: ObjectType) -> list[str]:
    fields = vocabulary.fields_of(object_type.key).values()
    return [
        f.attribute for f in fields if not f.custom and isinstance(f.type, RecordLink | PersonLink | TeamLink)
    ]


def may_edit(viewer: Viewer, record: Any) -> bool:
    return record.trashed_at is None and sees(viewer, record, "edit")
