"""Takes a list out: asks in which form, hands a short file over at once and a long one later."""

from __future__ import annotations

import tempfile
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.foundation.attachment import attachment
from daifuku.foundation.errors import NotFound
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.transfers.actions.exporting import count, file_name, tell, write
from daifuku.transfers.exporting.columns import ways
from daifuku.transfers.exporting.wish import COLUMNS, ENCODINGS, FORMS, TYPES, Wish
from daifuku.transfers.jobs import enqueue_export
from daifuku.transfers.models import Export
from daifuku.transfers.views.finding import person_at

IN_MEMORY = 2 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    object_type = object_at(request, slug, "export")
    if request.method == "POST":
        return _answer(request, object_type, _wish(request, object_type))
    return _page(request, object_type, Wish(object_type.key, query=request.GET.urlencode()))


def _wish(request: HttpRequest, object_type: ObjectType) -> Wish:
    data = request.POST
    return Wish(
        object_type.key, query=data.get("query", "")[:8000], form=data.get("form", ""),
        encoding=data.get("encoding", "utf-8-sig"), columns=data.get("columns", ""), again=data.get("way") == "again",
    )  # fmt: skip


def _page(request: HttpRequest, object_type: ObjectType, wish: Wish, missing: str = "") -> HttpResponse:
    viewer = viewer_at(request)
    found, more = count(wish, by=viewer.person)
    context = {
        "object_type": object_type, "wish": wish, "state": wish.state(viewer), "count": found, "more": more,
        "missing": missing, "forms": FORMS, "encodings": ENCODINGS, "column_choices": COLUMNS, "ways": ways(),
    }  # fmt: skip
    return render(request, "transfers/export.html", context, status=422 if missing else 200)


def _answer(request: HttpRequest, object_type: ObjectType, wish: Wish) -> HttpResponseBase:
    by = person_at(request)
    if count(wish, by=by)[1]:
        return redirect("jobs:job", enqueue_export(wish, by=by).job)
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    written = write(wish, out, by=by)  # type: ignore[arg-type]
    if written.unsayable and "anyway" not in request.POST:
        out.close()
        return _page(request, object_type, wish, written.missing)
    tell(wish, written.rows, by=by)
    out.seek(0)
    return attachment(FileResponse(out, content_type=TYPES[wish.form]), file_name(wish))


@require_safe
def download(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """A file that was written in the background, for whoever asked for it."""
    wanted: Export = Export.objects.find(viewer_at(request), uid)
    if not wanted.file or not default_storage.exists(wanted.file):
        raise NotFound
    form = "xlsx" if wanted.name.endswith(".xlsx") else "csv"
    response = FileResponse(default_storage.open(wanted.file), content_type=TYPES[form])
    return attachment(response, wanted.name)
