"""The imports so far."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daifuku.foundation.errors import Forbidden
from daifuku.records.catalogue import registry
from daifuku.records.views.finding import viewer_at
from daifuku.transfers.models import Import

SHOWN = 100


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_at(request)
    if not viewer.has_power("import"):
        raise Forbidden
    rows = (
        Import.objects.visible_to(viewer)
        .select_related("by")
        .defer("differences", "headers", "targets")[:SHOWN]
    )
    imports = [(row, registry.get(row.object)) for row in rows]
    return render(request, "transfers/imports.html", {"imports": imports})
