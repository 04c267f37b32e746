"""An import that was stopped goes on where it stopped."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from daifuku.transfers.jobs import enqueue_rest
from daifuku.transfers.views.finding import import_at, person_at


@require_POST
def resume(request: HttpRequest, uid: UUID) -> HttpResponse:
    imported = import_at(request, uid)
    enqueue_rest(imported, by=person_at(request))
    return redirect(imported)
