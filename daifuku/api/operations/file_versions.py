"""The versions of a file: a newer one is put in its place, an older one is fetched or comes back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.files import UploadedFile
from ninja.params.functions import File, Form

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.errors import WrongKind
from daifuku.api.finding import number_of
from daifuku.api.once import Once
from daifuku.api.operations.files import (
    FileItem,
    author_of,
    file_of,
    file_record,
    sent,
    sha256_of,
    shown_file,
)
from daifuku.api.routing import in_steps, records
from daifuku.foundation.errors import NotFound
from daifuku.records.actions import filing
from daifuku.records.models import Attachment, AttachmentVersion

PATH = "/{slug}/{uid}/files/{file}/versions"


class VersionItem(Schema):
    number: int
    name: str
    size: int
    type: str
    sha256: str
    at: str
    by: dict[str, Any] | None
    current: bool


class Versions(Schema):
    items: list[VersionItem]


@records.get(
    PATH, operation_id="file_versions_{object}", summary=noop("ファイルの版の一覧"), response=Versions
)
def list_versions(request: Asked, slug: str, uid: str, file: str) -> Answer:
    """The newest first; `current` is the one that people get."""
    attachment = file_of(file_record(request, slug, uid), file)
    versions = attachment.versions.select_related("by").order_by("-number")
    return Answer({"items": [_shown(version, attachment) for version in versions]})


@records.post(
    PATH,
    operation_id="add_file_version_{object}",
    summary=noop("ファイルの新しい版"),
    response={201: FileItem},
)
@in_steps
def add_version(
    request: Asked, slug: str, uid: str, file: str, content: UploadedFile = File(..., alias="file"),
    name: str = Form("", max_length=400),
) -> HttpResponseBase:  # fmt: skip
    """As `multipart/form-data`. It becomes the current version; the older ones stay.

    The bytes are on the disk before anybody is held up.
    """
    if request.content_type != "multipart/form-data":
        raise WrongKind("multipart/form-data")
    attachment, once = file_of(file_record(request, slug, uid), file), Once(request)
    if given := once.before():
        return given
    bytes_of: Any = content
    kept = filing.store_version(attachment, bytes_of, by=request.auth.person, name=name)
    return once.whole(
        lambda: Answer(shown_file(filing.put_version(attachment, kept, by=request.auth.person)), 201)
    )


@records.get(
    f"{PATH}/{{number}}", operation_id="get_file_version_{object}", summary=noop("ファイルの版の取得")
)
def get_version(request: Asked, slug: str, uid: str, file: str, number: str) -> Any:
    """The bytes of one version, always as a download."""
    return sent(_version(file_of(file_record(request, slug, uid), file), number))


@records.post(
    f"{PATH}/{{number}}/use",
    operation_id="use_file_version_{object}",
    summary=noop("前の版に戻す"),
    response=FileItem,
)
def use_version(request: Asked, slug: str, uid: str, file: str, number: str) -> Answer:
    """Makes an older version the one that people get; undoing its line takes that back."""
    attachment = file_of(file_record(request, slug, uid), file)
    version = _version(attachment, number)
    return Answer(shown_file(filing.use_version(attachment, version.number, by=request.auth.person)))


def _version(attachment: Attachment, number: str) -> AttachmentVersion:
    found = attachment.versions.filter(number=number_of(number)).first()
    if found is None:
        raise NotFound
    return found


def _shown(version: AttachmentVersion, attachment: Attachment) -> dict[str, Any]:
    return {
        "number": version.number, "name": version.name, "size": version.size, "type": version.type,
        "sha256": sha256_of(version), "at": version.at, "by": author_of(version),
        "current": version.pk == attachment.current_id,
    }  # fmt: skip
