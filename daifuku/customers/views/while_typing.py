"""Help while one types: records that may be the same, the address to a postal code and back, the reading of a name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daifuku.customers import same
from daifuku.foundation import address
from daifuku.foundation.errors import NotFound
from daifuku.foundation.japanese import reading
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.views.finding import object_at, viewer_at

LONGEST = 200


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "")[:LONGEST].strip()


@require_safe
def same_records(request: HttpRequest, slug: str) -> HttpResponse:
    """A part of a page; empty where nothing that this person may see is like it."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    if object_type.key not in same.PARTNERS:
        raise NotFound
    but = as_uid(_asked(request, "but"))
    record = object_type.model.objects.visible_to(viewer).filter(uid=but).first() if but else None
    values = {name: _asked(request, name) for name in same.ASKED}
    candidates = same.of_values(object_type, values, viewer, but=record)
    return render(request, "customers/parts/same.html", {"candidates": candidates})


@require_safe
def place_of_code(request: HttpRequest) -> JsonResponse:
    code = "".join(filter(str.isdecimal, _asked(request, "code")))
    places = address.lookup(code)[:20] if len(code) == 7 else []
    rows = [{"prefecture": p.prefecture, "city": p.city, "street": p.town} for p in places]
    return JsonResponse({"places": rows})


@require_safe
def codes_of_place(request: HttpRequest) -> JsonResponse:
    prefecture, city, street = (_asked(request, name) for name in ("prefecture", "city", "street"))
    codes = address.codes_for(prefecture, city, street)[:10] if prefecture and city and street else []
    return JsonResponse({"codes": codes})


@require_safe
def reading_of(request: HttpRequest) -> JsonResponse:
    text = _asked(request, "text")
    return JsonResponse({"kana": reading(text) if text else ""})
