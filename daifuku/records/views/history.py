"""The next lines of a record's timeline."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daifuku.foundation.whole import whole
from daifuku.records import timeline
from daifuku.records.catalogue import vocabulary
from daifuku.records.showing import show
from daifuku.records.value_rows import draw_changes
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.records.views.record import name_context


@require_safe
def history(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """`?group=` narrows it down, `?before=` continues below a line, `?line=` is one line with all its changes. `?anew`
    is asked after something was written on the record's page, and brings its name, and the values that nobody types,
    along."""
    object_type, record = record_at(request, slug, uid, trashed=True)
    before, group = request.GET.get("before", ""), request.GET.get("group", "")
    line, by_htmx = whole(request.GET.get("line", "")), bool(request.headers.get("HX-Request"))
    lines, further = timeline.entries(
        record, viewer_at(request), before=whole(before), group=group, line=line
    )
    if line is not None and by_htmx:
        return HttpResponse(draw_changes(lines[0].changes) if lines else "")
    context = {"object_type": object_type, "record": record, "entries": lines, "further": further, "group": group,
               "groups": timeline.group_words()}  # fmt: skip
    if by_htmx and "anew" in request.GET:
        viewer = viewer_at(request)
        known = vocabulary.fields_for(viewer, object_type.key).values()
        context["kept"] = [show(field, record, viewer) for field in known if not field.editable]
        context |= {"everywhere": True, **name_context(object_type, record, viewer)}
        return render(request, "records/parts/timeline_anew.html", context)
    if by_htmx:
        template = "records/parts/timeline_lines.html" if before else "records/parts/timeline.html"
        return render(request, template, context)
    return render(request, "records/history.html", context)
