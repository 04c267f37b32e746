"""Files on a record: put there, replaced by a newer version, taken away and brought back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import (
    ChangedSince,
    Conflict,
    DomainError,
    FieldProblem,
    Forbidden,
    Invalid,
    NotFound,
)
from daifuku.foundation.sql.first_of_each import first_of_each
from daifuku.jobs import queue
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.editing import locked
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.files.kinds import kind_of
from daifuku.records.files.names import clean_name
from daifuku.records.models import Attachment, AttachmentVersion
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of


class TooLarge(DomainError):
    """The file is larger than this installation takes."""

    status = 413
    code = "too_large"


@dataclass(frozen=True)
class Stored:
    """Bytes that lie on the disk already, and that no row names yet."""

    name: str
    stored: str
    content: File[bytes]


def files_of(record: Any) -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(object=record.object_key, record_id=record.pk, trashed_at__isnull=True)
    return rows.select_related("current", "current__by")


def files_of_many(records: Sequence[Any], most: int) -> Iterable[Attachment]:
    """The newest of each of these records, all of one kind; one question."""
    keys = [record.pk for record in records]
    kinds = {record.object_key for record in records}
    rows = Attachment.objects.filter(object__in=kinds, record_id__in=keys, trashed_at__isnull=True)
    found: Iterable[Attachment] = first_of_each(
        rows.select_related("current", "current__by"), "record", [F("pk").desc()], most
    )
    return found


def trashed_files_of(record: Any) -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(object=record.object_key, record_id=record.pk, trashed_at__isnull=False)
    return rows.select_related("current")


def record_of(attachment: Attachment, viewer: Viewer) -> Any:
    """The record that the file hangs on, if this person sees it. Raises NotFound."""
    record = registry.get(attachment.object).model.plain.filter(pk=attachment.record_id).first()
    if record is None or record.trashed_at is not None or not sees(viewer, record, "view"):
        raise NotFound
    return record


def add_file(
    record: Any, content: File[bytes], *, by: Person, name: str = "", uid: uuid.UUID | None = None,
    own: bool = False,
) -> Attachment:  # fmt: skip
    """Hangs the file on the record; when this returns its bytes and its row are on the disk. `own`: who wrote the
    record down brings what belongs to it, also where it is somebody else's to change.

    Raises Invalid, TooLarge, NotFound, Forbidden, Conflict (the uid that a phone brought is taken).
    """
    own = own and record.created_by_id == by.pk and record.trashed_at is None
    if not own:
        _need_edit(record, by)
    named = _checked(content, name)
    stored = default_storage.save("file", content)
    with ledger.writing():
        record = _held_own(record, by) if own else locked(record, viewer_of(by), "edit")
        if uid is not None and Attachment.objects.filter(uid=uid).exists():
            raise Conflict(_("このファイルはすでに保存されています。"), code="uid_taken", field="uid")
        attachment = Attachment(object=record.object_key, record_id=record.pk, added_at=moment())
        if uid is not None:
            attachment.uid = uid
        attachment.save(force_insert=True)
        version = _add_version(attachment, 1, named, stored, content, by)
        _tell("file.added", record, attachment, by, {"version": 1, "size": version.size})
        transaction.on_commit(lambda: _still_there(stored, content))
    return attachment


def add_version(attachment: Attachment, content: File[bytes], *, by: Person, name: str = "") -> Attachment:
    """Puts a newer version in the place of the file; the older ones stay. Raises as `add_file` does."""
    return put_version(attachment, store_version(attachment, content, by=by, name=name), by=by)


def store_version(attachment: Attachment, content: File[bytes], *, by: Person, name: str = "") -> Stored:
    """Writes the bytes to the disk, which is slow, before anything is locked. Raises as `add_file` does."""
    _need_edit(record_of(attachment, viewer_of(by)), by)
    named = _checked(content, name or content.name or attachment.name)
    return Stored(named, default_storage.save("file", content), content)


def put_version(attachment: Attachment, kept: Stored, *, by: Person) -> Attachment:
    """Makes what was stored the version that people get. Raises NotFound, Forbidden."""
    with ledger.writing():
        record, attachment = _held(attachment, by)
        before = attachment.current
        last = attachment.versions.order_by("-number").first()
        number = last.number + 1 if last else 1
        version = _add_version(attachment, number, kept.name, kept.stored, kept.content, by)
        _tell(
            "file.replaced", record, attachment, by,
            {"old": before.number if before else None, "version": number, "size": version.size},
        )  # fmt: skip
        transaction.on_commit(lambda: _still_there(kept.stored, kept.content))
    return attachment


def use_version(
    attachment: Attachment, number: int, *, by: Person, undoes: Event | None = None
) -> Attachment:
    """Makes an older version the one that people get. Raises NotFound, Forbidden."""
    with ledger.writing():
        record, attachment = _held(attachment, by)
        version = attachment.versions.filter(number=number).first()
        if version is None:
            raise NotFound
        before = attachment.current
        if before is not None and before.pk != version.pk:
            attachment.current = version
            attachment.save(update_fields=["current"])
            data = {"old": before.number, "version": number, "size": version.size}
            _tell("file.replaced", record, attachment, by, data, undoes)
    return attachment


def trash_file(attachment: Attachment, *, by: Person, undoes: Event | None = None) -> Attachment:
    """Takes the file off the record; it can be brought back. Raises NotFound, Forbidden."""
    return _set_trashed(attachment, moment(), by, undoes)


def restore_file(attachment: Attachment, *, by: Person, undoes: Event | None = None) -> Attachment:
    return _set_trashed(attachment, None, by, undoes)


def undo_added(event: Event, by: Person) -> Undone:
    trash_file(_of(event), by=by, undoes=event)
    return Undone(1)


def undo_trashed(event: Event, by: Person) -> Undone:
    restore_file(_of(event), by=by, undoes=event)
    return Undone(1)


def undo_replaced(event: Event, by: Person) -> Undone:
    attachment = _of(event)
    if attachment.current is None or attachment.current.number != event.data["version"]:
        raise ChangedSince(_("その後に新しい版が入っているため、元に戻せません。"))
    use_version(attachment, event.data["old"], by=by, undoes=event)
    return Undone(1)


def _need_edit(record: Any, by: Person) -> None:
    """Asked before the bytes are kept, so that strangers fill no disk; asked again inside the transaction."""
    viewer = viewer_of(by)
    if not sees(viewer, record, "view"):
        raise NotFound
    if not sees(viewer, record, "edit"):
        raise Forbidden


def _held_own(record: Any, by: Person) -> Any:
    """As `locked`, of a record that this person wrote down himself."""
    rows = type(record).plain.select_for_update(of=("self",), no_key=True)
    fresh = rows.filter(pk=record.pk, created_by=by, trashed_at__isnull=True).first()
    if fresh is None:
        raise NotFound
    return fresh


def _checked(content: File[bytes], name: str) -> str:
    named = clean_name(name or content.name or "")
    size = content.size
    if size == 0:
        raise Invalid(
            [
                FieldProblem(
                    "file", _("中身のないファイルです。元のファイルを確認してください。"), code="empty"
                )
            ]
        )
    if size > settings.UPLOAD_LIMIT:
        raise TooLarge(
            _("ファイルが大きすぎます。%(limit)sMBまでのファイルを選んでください。")
            % {"limit": settings.UPLOAD_LIMIT // 1024 // 1024},
            field="file",
        )
    return named


def _add_version(
    attachment: Attachment, number: int, name: str, stored: str, content: File[bytes], by: Person
) -> AttachmentVersion:
    kind = kind_of(content)
    version = AttachmentVersion(
        attachment=attachment,
        number=number,
        name=name,
        stored=stored,
        size=content.size,
        type=kind,
        by=by,
        at=moment(),
    )
    if version.picture:
        version.preview_state = AttachmentVersion.PreviewState.WAITING
    version.save(force_insert=True)
    attachment.current = version
    attachment.save(update_fields=["current"])
    if version.picture:
        queue.enqueue("records.preview", {"version": version.pk}, by=by, title=str(_("プレビューの作成")))
    return version


def _still_there(stored: str, content: File[bytes]) -> None:
    """Somebody's erasure may have swept the same bytes away a moment before our row named them."""
    if not default_storage.exists(stored) and not content.closed:
        content.seek(0)
        default_storage.save("file", content)


def _held(attachment: Attachment, by: Person) -> tuple[Any, Attachment]:
    model = registry.get(attachment.object).model
    record = locked(model(pk=attachment.record_id), viewer_of(by), "edit")
    fresh = Attachment.objects.select_for_update(of=("self",)).filter(pk=attachment.pk).first()
    if fresh is None:
        raise NotFound
    return record, fresh


def _set_trashed(attachment: Attachment, at: Any, by: Person, undoes: Event | None) -> Attachment:
    with ledger.writing():
        record, attachment = _held(attachment, by)
        if (attachment.trashed_at is None) != (at is None):
            attachment.trashed_at = at
            attachment.save(update_fields=["trashed_at"])
            kind = "file.restored" if at is None else "file.trashed"
            _tell(kind, record, attachment, by, {}, undoes)
    return attachment


def _tell(
    kind: str, record: Any, attachment: Attachment, by: Person, data: dict[str, Any],
    undoes: Event | None = None,
) -> None:  # fmt: skip
    ledger.record(
        kind, by=by, about=about(registry.of(record), record), undoes=undoes,
        data={"attachment": attachment.pk, "name": attachment.name} | data,
    )  # fmt: skip


def _of(event: Event) -> Attachment:
    attachment = Attachment.objects.select_related("current").filter(pk=event.data.get("attachment")).first()
    if attachment is None:
        raise NotFound
    return attachment
