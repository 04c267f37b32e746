"""開始を取り消す: first what would come back, what stays and what is in the way; then it is done. And 再見込み."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.conversion import blocking, history
from daifuku.conversion.actions import reopen, take_back
from daifuku.conversion.actions.taking_back import changed_since, edited_since, may_take_back
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records.scope import sees
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at


@require_http_methods(["GET", "HEAD", "POST"])
def take_back_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    _object_type, lead = record_at(request, "leads", uid, action="edit")
    viewer, conversion = viewer_at(request), history.of_lead(lead)
    if conversion is None and request.method == "POST" and history.was_taken_back(lead):
        messages.success(request, _("この取引の開始は、すでに取り消されています。"))
        return redirect(lead)
    if conversion is None or not may_take_back(conversion, viewer):
        raise NotFound
    error = ""
    if request.method == "POST":
        try:
            back = take_back(conversion, by=viewer.person)
        except DomainError as refused:
            if not refused.mendable:
                raise
            error = refused.message
        else:
            sentence = _("「%(name)s」の取引の開始を取り消しました。") % {"name": lead}
            if back.kept:
                sentence += _("その後に変更されたものは、そのまま残しました。")
            messages.success(request, sentence)
            return redirect(lead)
    made = [conversion.record(key) for key in conversion.made]
    context = {
        "lead": lead, "conversion": conversion, "blocks": blocking.of(conversion, viewer), "error": error,
        "made": [each for each in made if each is not None and sees(viewer, each, "view")],
        "edited": edited_since(conversion), "kept": changed_since(conversion, viewer),
        "carried": sum(len(rows) for rows in conversion.carried.values()),
    }  # fmt: skip
    return render(request, "conversion/take_back.html", context, status=409 if error else 200)


@require_POST
def reopen_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Pressed twice it leads to the same new lead."""
    _object_type, lead = record_at(request, "leads", uid, action="edit")
    new = reopen(lead, by=viewer_at(request).person)
    telling.done(request, _("「%(name)s」をもう一度見込み客にしました。") % {"name": new})
    return redirect(new)
