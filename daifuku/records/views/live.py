"""What open pages ask every few seconds, and what they are told when something happened."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from daifuku.foundation.whole import whole
from daifuku.records import live, live_lists, timeline
from daifuku.records.views.finding import record_at, viewer_at

MOST_TOLD = 3
CHANGED = "Daifuku-Newest"


def anything_new(request: HttpRequest) -> HttpResponse:
    """204 where nothing happened since, else 200 and the number of the last line, for a list that of its changed
    records. 401 once the sign-in has ended.

    Called before the session, the person and his rights are looked up (`middleware.live_first`).
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    found, since = live.read(request.GET.get("ticket", "")), whole(request.GET.get("since", ""))
    if found is None or since is None:
        return HttpResponse(status=404)
    person, object_key, record = found
    if not live.is_signed_in(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""), person):
        return HttpResponse(status=401)
    if isinstance(record, list):
        told = live_lists.changed(object_key, record, since, person)
    else:
        newest = live.newest(object_key, record, since)
        told = newest if newest != since else 0
    return HttpResponse(str(told), content_type="text/plain") if told else HttpResponse(status=204)


@require_safe
@never_cache
def news(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """Who did what since, for whoever has the page open; nothing where it was only himself."""
    object_type, record = record_at(request, slug, uid, trashed=True)
    viewer, since = viewer_at(request), whole(request.GET.get("since", "")) or 0
    entries, _further = timeline.entries(record, viewer)
    told = [entry for entry in entries if entry.event.pk > since and entry.event.actor_id != viewer.pk]
    if not told:
        return HttpResponse(status=204)
    people = list(dict.fromkeys(str(entry.event.actor) for entry in told if entry.event.actor))
    context = {
        "record": record, "object_type": object_type, "told": told[:MOST_TOLD], "people": people[:MOST_TOLD],
        "more": len(told) - MOST_TOLD if len(told) > MOST_TOLD else 0, "form": request.GET.get("form") == "1",
    }  # fmt: skip
    return render(request, "records/parts/live_news.html", context)
