"""One import, from the check to its result."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from daifuku.records.catalogue import registry
from daifuku.records.views.finding import viewer_at
from daifuku.transfers.models import Import
from daifuku.transfers.notes.choosing import standing
from daifuku.transfers.views.finding import import_at, job_of

REJECTED_SHOWN = 50


@require_safe
@never_cache
def import_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    imported = import_at(request, uid)
    if imported.state == Import.State.UPLOADED:
        return redirect("transfers:columns", uid)
    if imported.of_notes and imported.open and imported.by_id == viewer_at(request).pk:
        return redirect("transfers:notes", uid)
    return render(request, "transfers/import.html", context(request, imported))


@require_safe
@never_cache
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The part that changes; asked for every second while something goes on."""
    imported = import_at(request, uid)
    if imported.state == Import.State.UPLOADED:
        return HttpResponse(headers={"HX-Redirect": imported.get_absolute_url()})
    return render(request, "transfers/parts/state.html", context(request, imported))


def context(request: HttpRequest, imported: Import) -> dict[str, Any]:
    viewer = viewer_at(request)
    counts = imported.counts_for(viewer)
    preview = imported.preview_for(viewer)
    changing = int(counts.get("new", 0)) + int(counts.get("updated", 0))
    return {
        "imported": imported,
        "object_type": registry.get(imported.object),
        "counts": counts,
        "changing": changing,
        "job": job_of(imported) if imported.working else None,
        "mine": imported.by_id == viewer.pk,
        "refused": [each for each in preview if each["reasons"]],
        "others": [each for each in preview if not each["reasons"]],
        "rejected": [
            (row, _filled(row.cells)) for row in imported.rejected.filter(waiting=False)[:REJECTED_SHOWN]
        ],
        "choices": _new_choices(imported),
        "notes": standing(imported) if imported.of_notes else {},
    }


def _filled(cells: list[str]) -> str:
    return " ｜ ".join(cell for cell in cells if cell)


def _new_choices(imported: Import) -> list[tuple[str, list[str]]]:
    """The choices that will be added, by the name of their field."""
    from daifuku.records.catalogue import vocabulary

    fields = vocabulary.fields_of(imported.object)
    found = imported.counts.get("choices", {})
    return [(fields[key].name, labels) for key, labels in found.items() if key in fields and labels]
