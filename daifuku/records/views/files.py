"""Files of a record: hang one on, put a newer version in its place, take it away, look at it, download it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db.models import Prefetch
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.errors import Conflict, DomainError, NotFound
from daifuku.records import panels
from daifuku.records.actions import filing
from daifuku.records.models import Attachment, AttachmentVersion
from daifuku.records.views import telling
from daifuku.records.views.answering import panel_again, refused_again
from daifuku.records.views.finding import may_edit, record_at, viewer_at
from daifuku.records.views.telling import written

PANEL = "records/panels/files.html"
# What somebody put here is shown as a thing by itself: it runs nothing, asks for nothing, belongs to no page.
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
# The browsers' own viewers do not open a sandboxed PDF; they run its script apart from every page.
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_POST
def add_files(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """One or several; those before a refused one are kept, and the refusal says which it was."""
    object_type, record = record_at(request, slug, uid, action="edit")
    viewer, sent = viewer_at(request), [*request.FILES.getlist("file"), *request.FILES.getlist("photo")]
    try:
        if not sent:
            raise Conflict(_("ファイルを選んでください。"), code="required", field="file")
        for each in sent:
            filing.add_file(record, each, by=viewer.person)
    except DomainError as error:
        context = panels.files(record, viewer)
        return refused_again(request, object_type, record, PANEL, context, error)
    sentence = ngettext("ファイルを%(n)s件追加しました。", "ファイルを%(n)s件追加しました。", len(sent)) % {
        "n": len(sent)
    }
    event = written(record) if len(sent) == 1 else None
    return panel_again(request, object_type, record, PANEL, panels.files(record, viewer), sentence, event)


@require_safe
def file_page(request: HttpRequest, slug: str, uid: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    """One file with all its versions; a picture is shown, and one turns to the next as in a book."""
    object_type, record = record_at(request, slug, uid)
    attachment = _file_of(record, file)
    before, after, place, count = _beside(record, attachment)
    page = {
        "previous": before, "next": after, "place": place, "count": count,
        "object_type": object_type, "record": record, "attachment": attachment,
        "versions": attachment.versions.select_related("by"), "may_edit": may_edit(viewer_at(request), record),
    }  # fmt: skip
    return render(request, "records/file.html", page)


def _beside(record: Any, attachment: Attachment) -> tuple[Attachment | None, Attachment | None, int, int]:
    """The files added before and after this one, the how manieth it is, and of how many."""
    files = list(filing.files_of(record).order_by("added_at", "id"))
    place = files.index(attachment)
    before = files[place - 1] if place else None
    after = files[place + 1] if place + 1 < len(files) else None
    return before, after, place + 1, len(files)


@require_safe
def thrown_files(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    object_type, record = record_at(request, slug, uid)
    page = {
        "object_type": object_type, "record": record, "files": filing.trashed_files_of(record),
        "may_edit": may_edit(viewer_at(request), record),
    }  # fmt: skip
    return render(request, "records/thrown_files.html", page)


@require_POST
def add_version(request: HttpRequest, slug: str, uid: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    def verb(attachment: Attachment, by: Any) -> str:
        content = request.FILES.get("file")
        if content is None:
            raise Conflict(_("ファイルを選んでください。"), code="required", field="file")
        filing.add_version(attachment, content, by=by)
        return _("新しい版を保存しました。")

    return _changed(request, slug, uid, file, verb)


@require_POST
def use_version(
    request: HttpRequest, slug: str, uid: uuid.UUID, file: uuid.UUID, number: int
) -> HttpResponse:
    def verb(attachment: Attachment, by: Any) -> str:
        filing.use_version(attachment, number, by=by)
        return _("版%(number)sに戻しました。") % {"number": number}

    return _changed(request, slug, uid, file, verb)


@require_POST
def trash_file(request: HttpRequest, slug: str, uid: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    object_type, record = record_at(request, slug, uid, action="edit")
    viewer, attachment = viewer_at(request), _file_of(record, file)
    filing.trash_file(attachment, by=viewer.person)
    sentence = _("「%(file)s」を削除しました。") % {"file": attachment.name}
    event = written(record)
    return panel_again(request, object_type, record, PANEL, panels.files(record, viewer), sentence, event)


@require_POST
def restore_file(request: HttpRequest, slug: str, uid: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    _object_type, record = record_at(request, slug, uid, action="edit")
    attachment = _file_of(record, file, trashed=True)
    filing.restore_file(attachment, by=viewer_at(request).person)
    telling.done(request, _("「%(file)s」を戻しました。") % {"file": attachment.name})
    return redirect(record.get_absolute_url())


@require_safe
def download(request: HttpRequest, slug: str, uid: uuid.UUID, file: uuid.UUID, number: int) -> HttpResponse:
    """As a download; with `?view` what a browser shows safely by itself is shown."""
    _object_type, record = record_at(request, slug, uid)
    version = _version_of(record, file, number)
    inline = "view" in request.GET and version.inline
    return _sent(version.stored, version.type if inline else "application/octet-stream", version.name, inline)


@require_safe
def preview(request: HttpRequest, slug: str, uid: uuid.UUID, file: uuid.UUID, number: int) -> HttpResponse:
    _object_type, record = record_at(request, slug, uid)
    version = _version_of(record, file, number)
    if not version.preview:
        raise NotFound
    return _sent(version.preview, "image/webp", "preview.webp", True)


def _sent(stored: str, kind: str, name: str, inline: bool) -> HttpResponse:
    try:
        content = default_storage.open(stored)
    except FileNotFoundError as error:
        raise NotFound(
            _("ファイルが見つかりません。バックアップから戻せるか、管理者にご相談ください。")
        ) from error
    response = FileResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["Content-Security-Policy"] = PDF_POLICY if kind == "application/pdf" else POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]


def _changed(request: HttpRequest, slug: str, uid: uuid.UUID, file: uuid.UUID, verb: Any) -> HttpResponse:
    """Back on the file's page, which says what was done and how to undo it, or why not."""
    object_type, record = record_at(request, slug, uid, action="edit")
    viewer, attachment = viewer_at(request), _file_of(record, file)
    try:
        telling.done(request, verb(attachment, viewer.person), written(record))
    except DomainError as error:
        if error.status not in {409, 413, 422}:
            raise
        messages.error(request, error.message)
    return redirect("records:file", object_type.slug, record.uid, attachment.uid)


def _file_of(record: Any, uid: uuid.UUID, *, trashed: bool = False) -> Attachment:
    rows = filing.trashed_files_of(record) if trashed else filing.files_of(record)
    versions = Prefetch("versions", AttachmentVersion.objects.select_related("by"))
    found = rows.filter(uid=uid).prefetch_related(versions).first()
    if found is None:
        raise NotFound
    return found


def _version_of(record: Any, uid: uuid.UUID, number: int) -> AttachmentVersion:
    """Also of a file in the trash: its page shows what would come back."""
    version = AttachmentVersion.objects.filter(
        attachment__uid=uid,
        attachment__object=record.object_key,
        attachment__record_id=record.pk,
        number=number,
    ).first()
    if version is None:
        raise NotFound
    return version
