"""What an address names: the kind of record, the record. Unknown and forbidden are the same."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from daifuku.api.errors import Unreadable
from daifuku.foundation.errors import NotFound
from daifuku.records.absorbing import refuse_merged
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.scope import seen_by_uid
from daifuku.staff.viewer import Viewer

ETAG = re.compile(r'\A(?:W/)?"(\d{1,10})"\Z')


def object_of(viewer: Viewer, slug: str) -> ObjectType:
    object_type = registry.by_slug(slug)
    if not viewer.may(object_type.key, "view"):
        raise NotFound
    return object_type


def record_of(viewer: Viewer, object_type: ObjectType, uid: str, *, trashed: bool = False) -> Any:
    """The record; with `trashed` the one in the trash is found as well."""
    found = seen_by_uid(object_type.model, uid_of(uid), viewer, trashed=trashed)
    if found is None or found.trashed_at is not None:
        refuse_merged(object_type.model, uid_of(uid), viewer)
    if found is None:
        raise NotFound
    return found


def uid_of(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise NotFound from error


def number_of(text: str) -> int:
    """The number of something that has no uid of its own."""
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise NotFound
    return int(text)


def etag(record: Any) -> str:
    return f'"{record.version}"'


def wanted_version(request: HttpRequest) -> int | None:
    """The version in If-Match; None where the request does not insist on one."""
    given = request.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        return None
    match = ETAG.match(given)
    if match is None:
        sentence = _('If-Match には、読み取ったときの ETag をそのまま入れてください。例: "3"')
        raise Unreadable(sentence, code="if_match", field="If-Match")
    return int(match.group(1))
