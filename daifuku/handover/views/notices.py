"""担当者変更のお知らせ: the wording for all, the letter to each."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.foundation.attachment import attachment
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.foundation.whole import whole
from daifuku.handover import notice
from daifuku.handover.actions import write_notice
from daifuku.handover.actions.arranging import may_change
from daifuku.handover.answers import TYPES
from daifuku.handover.drawing import draw_letters, say_taken
from daifuku.handover.models import Handover
from daifuku.handover.sheets import SHEETS_A_PAGE, items_for
from daifuku.handover.views.finding import find
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer


@require_http_methods(["GET", "HEAD", "POST"])
def notice_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    viewer = viewer_at(request)
    handover = find(uid, viewer)
    if request.method != "POST":
        return _page(request, handover, viewer, {"typed": notice.wording(handover)})
    typed = request.POST.get("notice", "")
    try:
        write_notice(handover, typed, by=viewer.person)
    except DomainError as error:
        if error.status != 422:
            raise
        problems = [problem.message for problem in error.problems]
        return _page(request, handover, viewer, {"typed": typed, "problems": problems}, status=422)
    telling.done(request, _("文面を保存しました。"), telling.written())
    return redirect("handover:notice", uid)


@require_POST
def letters_pdf(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The letters that the page shows, one a page."""
    viewer = viewer_at(request)
    handover = find(uid, viewer)
    letters = notice.letters_of(handover, _items(request, handover, viewer)[:SHEETS_A_PAGE], viewer)
    if not letters:
        raise NotFound
    written = draw_letters(handover, letters)
    say_taken(handover, len(letters), by=viewer.person)
    name = _("%(what)s.pdf") % {"what": notice.SUBJECT}
    return attachment(HttpResponse(written, content_type=TYPES["pdf"]), name)


def _page(
    request: HttpRequest, handover: Handover, viewer: Viewer, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    rows = list(_items(request, handover, viewer)[: SHEETS_A_PAGE + 1])
    page = {
        "handover": handover, "letters": notice.letters_of(handover, rows[:SHEETS_A_PAGE], viewer),
        "may_change": may_change(handover, viewer.person), "slots": notice.SLOTS, "shipped": not handover.notice,
        "after": _after(request) or "",
        "next": rows[SHEETS_A_PAGE - 1].pk if len(rows) > SHEETS_A_PAGE else None, **more,
    }  # fmt: skip
    return render(request, "handover/notice.html", page, status=status)


def _items(request: HttpRequest, handover: Handover, viewer: Viewer) -> Any:
    rows, after = items_for(handover, viewer), _after(request)
    return rows if after is None else rows.filter(pk__gt=after)


def _after(request: HttpRequest) -> int | None:
    return whole(request.GET.get("after") or request.POST.get("after"))
