"""Switches a browser on and off for push, and tries it; asked by the script of the page that says so."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.foundation.errors import Invalid
from daifuku.messages.notices import Sentence, notify
from daifuku.messages.push import devices, lining_up
from daifuku.staff.views.finding import me


@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    sent = request.POST
    try:
        device = devices.subscribe(
            by=me(request), endpoint=sent.get("endpoint", ""), key=sent.get("key", ""), auth=sent.get("auth", ""),
            session=request.session.session_key or "", name=sent.get("name", ""),
        )  # fmt: skip
    except Invalid as error:
        return JsonResponse({"problem": str(error.problems[0].message)}, status=422)
    return JsonResponse({"uid": str(device.uid)})


@require_POST
def unsubscribe(request: HttpRequest) -> HttpResponse:
    devices.unsubscribe(by=me(request), endpoint=request.POST.get("endpoint", "").replace("\x00", ""))
    return JsonResponse({})


@require_POST
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    devices.remove(by=me(request), uid=uid)
    messages.success(request, _("この端末への通知を止めました。"))
    return redirect("messages:receiving")


@require_POST
def send_test(request: HttpRequest) -> HttpResponse:
    """To all of one's own browsers, by the way that every push goes."""
    person = me(request)
    words = Sentence(_("通知のテストです。この通知が見えていれば、設定は正しく行われています。"))
    notice = notify(person, kind="push.test", sentence=words)
    lining_up.line_up([notice], person)
    messages.success(request, _("テストの通知を送りました。数秒で届きます。"))
    return redirect("messages:receiving")
