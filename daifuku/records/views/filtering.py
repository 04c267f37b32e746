"""The condition editor of a list, and the way from its rows to the address of the narrowed list."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_safe

from daifuku.records import list_state
from daifuku.records.conditions import parse
from daifuku.records.forms import condition_form
from daifuku.records.views.finding import object_at, viewer_at


@require_safe
def conditions(request: HttpRequest, slug: str) -> HttpResponse:
    """The editor with the condition of the list as it is now."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    state = list_state.read(object_type, viewer, request.GET)
    context = {
        "object_type": object_type,
        "editor": condition_form.editor(state.condition, viewer),
        "kept": state.kept("where"),
    }
    if request.headers.get("HX-Request"):
        return render(request, "records/list/conditions.html", context)
    return render(request, "records/list/conditions_page.html", context)


@require_safe
def condition_row(request: HttpRequest, slug: str) -> HttpResponse:
    object_type, viewer = object_at(request, slug), viewer_at(request)
    number = request.GET.get("number", "")
    fresh = number or get_random_string(6, "0123456789")
    row, offers = condition_form.fresh_row(
        object_type.key, viewer, fresh, request.GET.get(f"field-{number}", ""), request.GET.get(f"op-{number}", ""),
        request.GET.get(f"group-{number}", "") or request.GET.get("group", ""),
    )  # fmt: skip
    return render(
        request, "records/list/condition_row.html", {"object_type": object_type, "row": row, "offers": offers}
    )


@require_safe
def condition_group(request: HttpRequest, slug: str) -> HttpResponse:
    object_type, viewer = object_at(request, slug), viewer_at(request)
    name = "g" + get_random_string(5, "0123456789")
    row, offers = condition_form.fresh_row(
        object_type.key, viewer, get_random_string(6, "0123456789"), "", "", name
    )
    context = {"object_type": object_type, "name": name, "row": row, "offers": offers}
    return render(request, "records/list/condition_group.html", context)


@require_safe
def filter_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes nothing, so it is a GET; the editor's rows become one parameter of the list's address."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    written = condition_form.read(request.GET)
    condition = parse(written, object_type.key, viewer)
    state = list_state.read(object_type, viewer, request.GET)
    return redirect(state.address(where=json.dumps(condition.to_json(), ensure_ascii=False)))
