"""Minutes that one may see, the newest first; and one of them on paper."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daifuku.activities.models import Talk
from daifuku.activities.showing import talk_line
from daifuku.foundation.whole import whole
from daifuku.minutes.found import found_in
from daifuku.minutes.models import Minutes
from daifuku.minutes.templates import offered
from daifuku.records.views.finding import object_at, record_at, viewer_at

PAGE = 50


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """`?before=` is the key of the last one of the page before."""
    object_at(request, "talks", "view")
    viewer = viewer_at(request)
    seen: Any = Talk.objects.visible_to(viewer).filter(trashed_at__isnull=True)
    rows = Minutes.objects.filter(talk__in=seen.values("pk")).order_by("-held_at", "-id")
    if (before := whole(request.GET.get("before", ""))) is not None:
        last = Minutes.objects.filter(pk=before).first()
        rows = (
            rows.filter(held_at__lte=last.held_at).exclude(pk__gte=before)
            if last is not None
            else rows.none()
        )
    linked = ("talk__account", "talk__contact", "talk__lead", "talk__owner", "edition__template")
    found = list(rows.select_related(*linked)[: PAGE + 1])
    page = {
        "lines": [(row, talk_line(row.talk, viewer, ())) for row in found[:PAGE]],
        "more": found[PAGE - 1].pk if len(found) > PAGE else None, "templates": offered(),
        "may_write": viewer.may("talk", "create"),
    }  # fmt: skip
    return render(request, "minutes/list.html", page)


@require_safe
def print_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    talk: Talk = record_at(request, "talks", uid)[1]
    viewer = viewer_at(request)
    return render(request, "minutes/print.html", {"talk": talk, "found": found_in(talk, viewer)})
