"""A whole import is taken back, in the background."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from daifuku.transfers.jobs import enqueue_undo
from daifuku.transfers.views.finding import import_at, person_at


@require_POST
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    imported = import_at(request, uid)
    enqueue_undo(imported, by=person_at(request))
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": imported.get_absolute_url()})
    return redirect(imported)
