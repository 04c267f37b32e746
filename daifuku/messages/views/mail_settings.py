"""Whether mail leaves the house: the server, what waits in the outbox, and a mail to try it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.errors import NotFound
from daifuku.messages import holding, mail, outbox
from daifuku.messages.models import Mail
from daifuku.staff.viewer import Viewer

SHOWN = 50


@require_safe
def mail_settings(request: HttpRequest) -> HttpResponse:
    _administrator(request)
    counts = dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "has_server": mail.has_server(),
        "server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "sender": settings.DEFAULT_FROM_EMAIL,
        "tls": settings.EMAIL_USE_TLS,
        "states": [(label, counts.get(state, 0)) for state, label in Mail.State.choices],
        "kept": counts.get(Mail.State.NO_SERVER, 0) + counts.get(Mail.State.FAILED, 0),
        "held": holding.current(),
        "mails": Mail.objects.defer("text")[:SHOWN],
    }
    return render(request, "messages/mail.html", context)


@require_POST
def send_test(request: HttpRequest) -> HttpResponse:
    """To the administrator himself, by the way that every mail goes."""
    person = _administrator(request).person
    sent = mail.send(
        person.email,
        _("大福帳からのテストメール"),
        _("このメールが届いていれば、メールの設定は正しく行われています。") + f"\n\n{settings.BASE_URL}/\n",
        key=f"test:{secrets.token_hex(16)}",
    )
    messages.success(request, _("%(to)s宛てのテストメールを送信箱に入れました。") % {"to": sent.to})
    return redirect("messages:mail")


@require_POST
def send_kept(request: HttpRequest) -> HttpResponse:
    _administrator(request)
    if mail.has_server():
        messages.success(request, _("%(count)s通を送信待ちに戻しました。") % {"count": outbox.send_kept()})
    return redirect("messages:mail")


def _administrator(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.has_power("settings"):
        raise NotFound
    return viewer
