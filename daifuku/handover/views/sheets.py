"""引継書: the sheets of all customers of a hand-over, to read, to print, and as a PDF."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.attachment import attachment
from daifuku.foundation.errors import NotFound
from daifuku.foundation.whole import whole
from daifuku.handover.actions import print_sheets
from daifuku.handover.answers import TYPES, paper_file
from daifuku.handover.drawing import draw, file_name, say_taken
from daifuku.handover.models import Handover, Item, Paper
from daifuku.handover.sheets import SHEETS_A_PAGE, items_for, sheets_of
from daifuku.handover.views.finding import find, find_item
from daifuku.records.views.finding import viewer_at


@require_safe
def sheets_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Fifty at once."""
    viewer, today, after = viewer_at(request), timezone.localdate(), request.GET.get("after", "")
    handover = find(uid, viewer)
    rows = items_for(handover, viewer)
    items = list(_behind(rows, after)[: SHEETS_A_PAGE + 1])
    page = {
        "handover": handover, "sheets": sheets_of(items[:SHEETS_A_PAGE], viewer, today), "today": today,
        "next": items[SHEETS_A_PAGE - 1].pk if len(items) > SHEETS_A_PAGE else None, "after": after,
        "many": rows.count() > SHEETS_A_PAGE,
    }  # fmt: skip
    return render(request, "handover/sheets.html", page)


@require_POST
def sheets_pdf(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """What the page shows, as one PDF."""
    handover = find(uid, viewer_at(request))
    rows = _behind(items_for(handover, viewer_at(request)), request.POST.get("after", ""))
    return _pdf(request, handover, list(rows[:SHEETS_A_PAGE]))


@require_POST
def item_pdf(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    item = find_item(uid, viewer_at(request))
    return _pdf(request, item.handover, [item])


@require_POST
def print_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """All of them, in the background."""
    viewer = viewer_at(request)
    return redirect("jobs:job", print_sheets(find(uid, viewer), by=viewer.person).job)


@require_safe
def paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """A file that was made in the background, for whoever asked for it."""
    wanted: Paper = Paper.objects.find(viewer_at(request), uid)
    return paper_file(wanted)


def _pdf(request: HttpRequest, handover: Handover, items: list[Item]) -> HttpResponseBase:
    viewer = viewer_at(request)
    written, sheets = draw(handover, items, viewer, timezone.localdate())
    if not sheets:
        raise NotFound
    say_taken(handover, sheets, by=viewer.person)
    return attachment(HttpResponse(written, content_type=TYPES["pdf"]), file_name(handover))


def _behind(rows: Any, after: str) -> Any:
    key = whole(after)
    return rows if key is None else rows.filter(pk__gt=key)
