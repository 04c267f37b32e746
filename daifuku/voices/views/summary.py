"""The page of all voices: from new to answered, how long they wait, by product and topic."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.foundation.errors import NotFound
from daifuku.records.views.finding import viewer_at
from daifuku.voices import finding
from daifuku.voices.panels import topics
from daifuku.voices.summary import SPANS, Asked, summary


@require_safe
def summary_page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_at(request)
    if not finding.may_see(viewer):
        raise NotFound
    wanted = request.GET
    span, topic = wanted.get("span", ""), wanted.get("topic", "")
    asked = Asked(
        span if span in SPANS else "365", wanted.get("open") == "1",
        topic if topic in {option.key for option in topics()} else "",
    )  # fmt: skip
    context = {
        "summary": summary(viewer, asked, timezone.now()), "asked": asked, "topics": topics(),
        "spans": [(key, words, key == asked.span) for key, (_days, words) in SPANS.items()],
        "may_create": viewer.may("voice", "create"),
    }  # fmt: skip
    return render(request, "voices/summary.html", context)
