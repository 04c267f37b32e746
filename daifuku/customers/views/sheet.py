"""お客様シート: one page of a customer for those who were not there, to read and to print."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.customers import sheet
from daifuku.foundation.errors import NotFound
from daifuku.ledger import reads
from daifuku.records.views.finding import record_at, viewer_at


@require_safe
def customer_sheet(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    object_type, record = record_at(request, slug, uid)
    if not sheet.has_sheet(object_type.key):
        raise NotFound
    viewer = viewer_at(request)
    if object_type.about_person:
        reads.looked(
            object_type.event("opened"), by=viewer.person, object=object_type.key, record_id=record.pk
        )
    today = timezone.localdate()
    context = {"record": record, "sections": sheet.sections_of(record, viewer, today), "today": today}
    return render(request, "customers/sheet.html", context)
