"""How a list looks: put together by which field, with what at the foot of its columns, how dense."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from daifuku.records import list_state, look
from daifuku.records.catalogue import vocabulary
from daifuku.records.grouping import groupable
from daifuku.records.list_state import ListState
from daifuku.records.views.finding import object_at, viewer_at


@require_safe
def look_of_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; filled in (`go`) it leads to the list that looks so."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    state = list_state.read(object_type, viewer, request.GET)
    fields = vocabulary.fields_for(viewer, object_type.key)
    numbers = [column.field for column in state.columns if column.field.type.numeric]
    if "go" in request.GET:
        keys = {each.key for each in numbers}
        kept = {key: how for key, how in state.look.totals.items() if key not in keys}
        chosen = {each.key: request.GET.get(f"total-{each.key}", "") for each in numbers}
        totals = kept | {key: how for key, how in chosen.items() if how in look.TOTALS}
        words = {
            "group": request.GET.get("group-by", "")[:63],
            "density": request.GET.get("dense", "")[:10],
            "totals": ",".join(f"{key}:{how}" for key, how in totals.items()),
        }
        return redirect(state.address(**{name: _own(state, name, word) for name, word in words.items()}))
    page: dict[str, Any] = {
        "object_type": object_type, "state": state, "kept": state.kept("group", "density", "totals"),
        "groupable": [each for each in fields.values() if groupable(each)],
        "densities": look.DENSITIES.items(), "hows": look.TOTALS.items(),
        "numbers": [(each, state.look.totals.get(each.key, "")) for each in numbers],
    }  # fmt: skip
    template = "look" if request.headers.get("HX-Request") else "look_page"
    return render(request, f"records/list/{template}.html", page)


def _own(state: ListState, name: str, word: str) -> str | None:
    """What the address says: nothing where the view says the same, `none` where the view says more."""
    usual = state.view.look.get(name, "")
    if word == usual:
        return None
    return word or look.NONE
