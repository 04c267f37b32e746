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
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.records.views.record import name_context


@require_safe
def history(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """`?group=` narrows it down, `?before=` continues below a line. `?anew` is asked after something was written
    on the record's page, and brings its name, and the values that nobody types, along."""
    object_type, record = record_at(request, slug, uid, trashed=True)
    before = request.GET.get("before", "")
    group = request.GET.get("group", "")
    lines, further = timeline.entries(record, viewer_at(request), before=whole(before), group=group)
    context = {"object_type": object_type, "record": record, "entries": lines, "further": further, "group": group,
               "groups": timeline.group_words()}  # fmt: skip
    if request.headers.get("HX-Request") and "anew" in request.GET:
        viewer = viewer_at(request)
        known = vocabulary.fields_for(viewer, object_type.key).values()
        context["kept"] = [show(field, record, viewer) for field in known if not field.editable]
        context |= {"everywhere": True, **name_context(object_type, record, viewer)}
        return render(request, "records/parts/timeline_anew.html", context)
    if request.headers.get("HX-Request"):
        template = "records/parts/timeline_lines.html" if before else "records/parts/timeline.html"
        return render(request, template, context)
    return render(request, "records/history.html", context)
