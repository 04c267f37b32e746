"""A paper as it was issued, byte for byte."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from daifuku.documents import kinds, sealing
from daifuku.documents.models import Sealed
from daifuku.foundation.errors import NotFound
from daifuku.records.views.finding import record_at, viewer_at

# As for any PDF that somebody may open: its own viewer, nothing of this site.
POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@require_safe
def copy_file(request: HttpRequest, slug: str, uid: uuid.UUID, copy: uuid.UUID) -> HttpResponse:
    """`?view` opens it in the browser, else it is saved."""
    record = record_at(request, slug, uid)[1]
    rows = Sealed.objects.filter(object=record.object_key, record_id=record.pk)
    found = rows.filter(uid=copy).first()
    if found is None:
        raise NotFound
    sealing.need_open(viewer_at(request), found.kind)
    return pdf_response(sealing.content_of(found), file_name(found), view="view" in request.GET)


def file_name(copy: Sealed) -> str:
    return f"{kinds.get(copy.kind).label}_{copy.number}_{copy.partner}.pdf"


def pdf_response(content: bytes, name: str, *, view: bool) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    said = content_disposition_header(not view, name.replace("/", "-"))
    response["Content-Disposition"] = said or "inline"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response
