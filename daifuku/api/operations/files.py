"""Files on a record: hung on it, fetched, taken off and brought back."""

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
from ninja.params.functions import File, Form, Query

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.errors import Reused, WrongKind
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.once import Once
from daifuku.api.routing import in_steps, records
from daifuku.foundation.errors import Conflict, NotFound
from daifuku.records.actions import filing
from daifuku.records.models import Attachment, AttachmentVersion

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
def list_files(
    request: Asked, slug: str, uid: str, trashed: bool = Query(False, description=noop("削除したもの"))
) -> Answer:
    """The newest first, each in its current version; with `trashed` those that were taken off."""
    record = file_record(request, slug, uid)
    rows = filing.trashed_files_of(record) if trashed else filing.files_of(record)
    return Answer({"items": [shown_file(attachment) for attachment in rows.select_related("current__by")]})


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
    record, once = file_record(request, slug, uid), Once(request)
    own = uuid.uuid5(OURS, f"{once.scope}/{once.key}") if once.key else None
    content: Any = file
    try:
        attachment = filing.add_file(record, content, by=request.auth.person, name=name, uid=own)
    except (Conflict, IntegrityError):
        if own is None:
            raise
        return _again(record, own, content)
    return Answer(shown_file(attachment), 201)


@records.get("/{slug}/{uid}/files/{file}", operation_id="get_file_{object}", summary=noop("ファイルの取得"))
def get_file(request: Asked, slug: str, uid: str, file: str) -> Any:
    """The bytes, always as a download: nothing that somebody uploaded runs in a browser."""
    return sent(file_of(file_record(request, slug, uid), file).current)


@records.delete(
    "/{slug}/{uid}/files/{file}",
    operation_id="remove_file_{object}",
    summary=noop("ファイルの削除"),
    response={204: None},
)
def remove_file(request: Asked, slug: str, uid: str, file: str) -> Answer:
    """Undoing its line brings it back."""
    filing.trash_file(file_of(file_record(request, slug, uid), file), by=request.auth.person)
    return Answer(status=204)


@records.post(
    "/{slug}/{uid}/files/{file}/restore",
    operation_id="restore_file_{object}",
    summary=noop("削除したファイルを戻す"),
    response=FileItem,
)
def restore_file(request: Asked, slug: str, uid: str, file: str) -> Answer:
    """One that hangs on the record stays as it is."""
    record, person = file_record(request, slug, uid), request.auth.person
    rows = filing.trashed_files_of(record).filter(uid=uid_of(file))
    attachment = rows.first() or file_of(record, file)
    return Answer(shown_file(filing.restore_file(attachment, by=person)))


def file_record(request: Asked, slug: str, uid: str) -> Any:
    return record_of(request.auth.viewer, object_of(request.auth.viewer, slug), uid)


def file_of(record: Any, uid: str) -> Attachment:
    found = filing.files_of(record).filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def sent(version: AttachmentVersion | None) -> FileResponse:
    if version is None or not default_storage.exists(version.stored):
        raise NotFound
    response = FileResponse(
        default_storage.open(version.stored), as_attachment=True, filename=version.name,
        content_type="application/octet-stream",
    )  # fmt: skip
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _again(record: Any, uid: uuid.UUID, content: DjangoFile[bytes]) -> Answer:
    """The file that this key brought before; other bytes under the same key are refused."""
    attachment = file_of(record, str(uid))
    first = attachment.versions.order_by("number").first()
    digest = hashlib.sha256()
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
    if first is None or not first.stored.endswith(digest.hexdigest()):
        raise Reused
    return Answer(shown_file(attachment), 201, {"Idempotent-Replayed": "true"})


def shown_file(attachment: Attachment) -> dict[str, Any]:
    version = attachment.current
    assert version is not None
    return {
        "uid": str(attachment.uid), "name": version.name, "size": version.size, "type": version.type,
        "version": version.number, "sha256": sha256_of(version), "added_at": attachment.added_at,
        "by": author_of(version),
    }  # fmt: skip


def sha256_of(version: AttachmentVersion) -> str:
    return version.stored.rsplit("/", 1)[-1]


def author_of(version: AttachmentVersion) -> dict[str, Any] | None:
    return named(version.by) if version.by else None
