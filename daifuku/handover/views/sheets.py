"""引継書: the sheets of all customers of a hand-over, to read and to print."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.handover.sheets import SHEETS_A_PAGE, items_for, sheets_of
from daifuku.handover.views.showing import find
from daifuku.records.views.finding import viewer_at


@require_safe
def sheets_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Fifty at once."""
    viewer, today, after = viewer_at(request), timezone.localdate(), request.GET.get("after", "")
    handover = find(uid, viewer)
    rows = items_for(handover, viewer)
    if after.isascii() and after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__gt=int(after))
    items = list(rows[: SHEETS_A_PAGE + 1])
    page = {
        "handover": handover, "sheets": sheets_of(items[:SHEETS_A_PAGE], viewer, today), "today": today,
        "next": items[SHEETS_A_PAGE - 1].pk if len(items) > SHEETS_A_PAGE else None,
    }  # fmt: skip
    return render(request, "handover/sheets.html", page)
