"""The one search box: suggestions while typing, a page with everything, and picking a record for a field."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daifuku.foundation import menu
from daifuku.records import search as index
from daifuku.records.actions.marking import marked
from daifuku.records.views.finding import object_at, viewer_at

LONGEST = 100


def text_of(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST]


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    text, viewer = text_of(request), viewer_at(request)
    hits = index.search(text, viewer, limit=100) if text else []
    groups: dict[str, Any] = {}
    for hit in hits:
        groups.setdefault(hit.object_type.key, (hit.object_type, []))[1].append(hit)
    return render(
        request,
        "records/search.html",
        {"search_text": text, "groups": list(groups.values()), "count": len(hits)},
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What is found by these letters; before any letter the last seen records, and where one may go."""
    text, viewer = text_of(request), viewer_at(request)
    context: dict[str, Any] = {"search_text": text}
    if text:
        places = [*menu.entries("main", viewer), *menu.entries("new", viewer)]
        context |= {
            "hits": index.search(text, viewer, limit=8),
            "places": [entry for entry in places if text.lower() in str(entry.label).lower()],
        }
    else:
        context |= {"seen": marked(viewer, "seen", 6), "places": menu.entries("new", viewer)}
    return render(request, "records/parts/suggestions.html", context)


@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Records for a link field: the last used ones first, then what is found; the last option makes a new one."""
    object_type, viewer, text = object_at(request, slug), viewer_at(request), text_of(request)
    if text:
        records = [hit.record for hit in index.search(text, viewer, objects=[object_type.key], limit=8)]
    else:
        records = [each for each in marked(viewer, "seen", 20) if each.object_key == object_type.key][:6]
    options = [(record, object_type.subtitle(record, viewer)) for record in records]
    context = {"object_type": object_type, "options": options, "search_text": text,
               "may_create": bool(text) and viewer.may(object_type.key, "create")}  # fmt: skip
    return render(request, "records/parts/options.html", context)
