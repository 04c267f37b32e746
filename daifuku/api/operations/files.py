"""Files on a record: hung on it, fetched, taken off."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django.core.files.base import File as DjangoFile
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.http import FileResponse
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.files import UploadedFile
from ninja.params.functions import File, Form

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.errors import Reused, WrongKind
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.once import Once
from daifuku.api.routing import in_steps, records
from daifuku.foundation.errors import Conflict, NotFound
from daifuku.records.actions import filing
from daifuku.records.models import Attachment

OURS = uuid.UUID("6f0d4c52-2f0b-4b39-9d0e-0a6a0c1d6f11")


class FileItem(Schema):
    uid: str
    name: str
    size: int
    type: str
    version: int
    sha256: str
    added_at: str
    by: dict[str, Any] | None


class Files(Schema):
    items: list[FileItem]


@records.get(
    "/{slug}/{uid}/files", operation_id="files_{object}", summary=noop("ファイル一覧"), response=Files
)
def list_files(request: Asked, slug: str, uid: str) -> Answer:
    """The newest first, each in its current version."""
    return Answer(
        {"items": [_shown(attachment) for attachment in filing.files_of(_record(request, slug, uid))]}
    )


@records.post(
    "/{slug}/{uid}/files",
    operation_id="add_file_{object}",
    summary=noop("ファイルの追加"),
    response={201: FileItem},
)
@in_steps
def add_file(
    request: Asked, slug: str, uid: str, file: UploadedFile = File(...), name: str = Form("", max_length=400)
) -> Answer:
    """As `multipart/form-data`. The bytes are on the disk before the answer leaves.

    The number of the file follows from the Idempotency-Key, so that sending it again keeps it once without holding
    everybody else up while the bytes are written.
    """
    if request.content_type != "multipart/form-data":
        raise WrongKind("multipart/form-data")
    record, once = _record(request, slug, uid), Once(request)
    own = uuid.uuid5(OURS, f"{once.scope}/{once.key}") if once.key else None
    content: Any = file
    try:
        attachment = filing.add_file(record, content, by=request.auth.person, name=name, uid=own)
    except (Conflict, IntegrityError):
        if own is None:
            raise
        return _again(record, own, content)
    return Answer(_shown(attachment), 201)


@records.get("/{slug}/{uid}/files/{file}", operation_id="get_file_{object}", summary=noop("ファイルの取得"))
def get_file(request: Asked, slug: str, uid: str, file: str) -> Any:
    """The bytes, always as a download: nothing that somebody uploaded runs in a browser."""
    version = _attachment(_record(request, slug, uid), file).current
    if version is None or not default_storage.exists(version.stored):
        raise NotFound
    response = FileResponse(
        default_storage.open(version.stored), as_attachment=True, filename=version.name,
        content_type="application/octet-stream",
    )  # fmt: skip
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@records.delete(
    "/{slug}/{uid}/files/{file}",
    operation_id="remove_file_{object}",
    summary=noop("ファイルの削除"),
    response={204: None},
)
def remove_file(request: Asked, slug: str, uid: str, file: str) -> Answer:
    """Undoing its line brings it back."""
    filing.trash_file(_attachment(_record(request, slug, uid), file), by=request.auth.person)
    return Answer(status=204)


def _record(request: Asked, slug: str, uid: str) -> Any:
    return record_of(request.auth.viewer, object_of(request.auth.viewer, slug), uid)


def _attachment(record: Any, uid: str) -> Attachment:
    found = filing.files_of(record).filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _again(record: Any, uid: uuid.UUID, content: DjangoFile[bytes]) -> Answer:
    """The file that this key brought before; other bytes under the same key are refused."""
    attachment = _attachment(record, str(uid))
    first = attachment.versions.order_by("number").first()
    digest = hashlib.sha256()
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
    if first is None or not first.stored.endswith(digest.hexdigest()):
        raise Reused
    return Answer(_shown(attachment), 201, {"Idempotent-Replayed": "true"})


def _shown(attachment: Attachment) -> dict[str, Any]:
    version = attachment.current
    assert version is not None
    return {
        "uid": str(attachment.uid), "name": version.name, "size": version.size, "type": version.type,
        "version": version.number, "sha256": version.stored.rsplit("/", 1)[-1], "added_at": attachment.added_at,
        "by": {"uid": str(version.by.uid), "label": str(version.by)} if version.by else None,
    }  # fmt: skip
