"""The notes of an import of Evernote's: to which record each goes, and what became of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import uid_of
from daifuku.api.routing import fixed
from daifuku.records.catalogue.types.link import as_uid
from daifuku.transfers.models import Import
from daifuku.transfers.notes.choosing import (
    NOTES_AT_ONCE,
    assign,
    choose_tags,
    record_named,
    require_own,
)
from daifuku.transfers.notes.rows import NoteRow, Place, rows_of

WORDS = noop("取り込み")


class NoteRecord(Schema):
    object: str
    uid: str
    label: str
    subtitle: str


class ImportNote(Schema):
    number: int
    title: str
    written_at: str | None
    excerpt: str
    note_tags: list[str]
    files: int
    state: str
    reason: str
    record: NoteRecord | None
    candidates: list[NoteRecord]


class ImportNotes(Schema):
    items: list[ImportNote]
    next: int | None
    with_tags: bool


class NotesChange(Schema):
    """Without `uid` the notes are put aside."""

    model_config = ConfigDict(extra="forbid")

    notes: list[int] = Field(default_factory=list, max_length=NOTES_AT_ONCE)
    object: str = Field("", max_length=30, description="account, contact, lead")
    uid: str = Field("", max_length=36)
    with_tags: bool | None = None


@fixed.get(
    "/imports/{uid}/notes", operation_id="list_import_notes", summary=noop("取り込むノート"), tags=[WORDS],
    response=ImportNotes,
)  # fmt: skip
def list_import_notes(
    request: Asked,
    uid: str,
    size: int = Query(50, ge=1, le=200),
    after: int = Query(0, ge=0, le=2**31 - 1, description=noop("前のページの next")),
) -> Answer:
    """One's own. `state`: waiting, aside, part, done, known, refused, undone."""
    imported = _own(request, uid)
    return Answer(_page(request, imported, size, after))


@fixed.patch(
    "/imports/{uid}/notes", operation_id="assign_import_notes", summary=noop("ノートの行き先"), tags=[WORDS],
    response=ImportNotes,
)  # fmt: skip
def assign_import_notes(request: Asked, uid: str, body: NotesChange) -> Answer:
    """Gives notes to a record, or puts them aside; the answer is the page that begins with the first of them."""
    imported, by = _own(request, uid), request.auth.person
    if body.with_tags is not None:
        choose_tags(imported, body.with_tags, by=by)
    if body.notes:
        record = (
            record_named(body.object, as_uid(body.uid), request.auth.viewer)
            if body.object or body.uid
            else None
        )
        assign(imported, body.notes, record, by=by)
    return Answer(_page(request, imported, 50, max(min(body.notes, default=1) - 1, 0)))


def _own(request: Asked, uid: str) -> Import:
    found: Import = Import.objects.find(request.auth.viewer, uid_of(uid))
    require_own(found, request.auth.person)
    return found


def _page(request: Asked, imported: Import, size: int, after: int) -> dict[str, Any]:
    page = list(imported.notes.filter(number__gt=after)[: size + 1])
    return {
        "items": [_item(row) for row in rows_of(page[:size], request.auth.viewer)],
        "next": page[size - 1].number if len(page) > size else None,
        "with_tags": imported.with_tags,
    }


def _item(row: NoteRow) -> dict[str, Any]:
    note = row.note
    return {
        "number": note.number, "title": note.title, "written_at": note.written_at, "excerpt": note.excerpt,
        "note_tags": note.tags, "files": note.files, "state": note.state, "reason": note.reason,
        "record": _place(row.place) if row.place else None,
        "candidates": [_place(each) for each in row.candidates],
    }  # fmt: skip


def _place(place: Place) -> dict[str, str]:
    return {
        "object": place.object_type.key, "uid": str(place.record.uid), "label": str(place.record),
        "subtitle": place.subtitle,
    }  # fmt: skip
