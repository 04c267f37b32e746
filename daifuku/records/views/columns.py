"""Which columns a list shows, in which order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from daifuku.records import list_state
from daifuku.records.catalogue import vocabulary
from daifuku.records.list_state import written_columns
from daifuku.records.saved_views import Column
from daifuku.records.views.finding import object_at, viewer_at


@require_safe
def columns(request: HttpRequest, slug: str) -> HttpResponse:
    """Chosen ones first, in their order; `column` comes back several times in the wanted order."""
    object_type, viewer = object_at(request, slug), viewer_at(request)
    state = list_state.read(object_type, viewer, request.GET)
    fields = vocabulary.fields_for(viewer, object_type.key)
    if "column" in request.GET:
        widths = {column.field.key: column.width for column in state.columns}
        chosen = [
            Column(fields[key], widths.get(key))
            for key in dict.fromkeys(request.GET.getlist("column"))
            if key in fields
        ]
        return redirect(state.address(cols=written_columns(chosen) or None))
    shown = [column.field for column in state.columns]
    rest = [field for field in fields.values() if field not in shown]
    context = {"object_type": object_type, "shown": shown, "rest": rest, "kept": state.kept()}
    template = "columns" if request.headers.get("HX-Request") else "columns_page"
    return render(request, f"records/list/{template}.html", context)
