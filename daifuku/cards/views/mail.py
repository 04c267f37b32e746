"""Every message on the server of the card address, and what became of it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.cards.actions.letters import take_after_all, text_of
from daifuku.cards.actions.looking import look_soon
from daifuku.cards.mailbox.polling import known_of
from daifuku.cards.models import Letter, setup
from daifuku.cards.views.bringing import people
from daifuku.cards.views.finding import enterer_at
from daifuku.foundation.errors import Conflict, DomainError, NotFound
from daifuku.foundation.whole import whole
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.views import telling

SHOWN = 50


@require_safe
def mail_page(request: HttpRequest) -> HttpResponse:
    viewer = enterer_at(request)
    now = setup()
    rows = Letter.objects.all()
    counts = rows.counts()
    state = request.GET.get("state", "")
    shown = rows.filter(state=state) if state in Letter.State.values else rows
    before = whole(request.GET.get("before"))
    if before is not None:
        shown = shown.filter(pk__lt=before)
    letters = list(shown.select_related("person").prefetch_related("cards")[: SHOWN + 1])
    page = {
        "tab": "mail", "enters": True, "setup": now, "letters": letters[:SHOWN], "here": known_of(now),
        "state": state, "states": [(key, label, counts[key]) for key, label in Letter.State.choices],
        "next": letters[SHOWN - 1].pk if len(letters) > SHOWN else None,
        "may_set": viewer.has_power("settings"),
    }  # fmt: skip
    return render(request, "cards/mail.html", page)


@require_safe
def letter_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One message, with its text where that was kept."""
    enterer_at(request)
    letter = _letter(uid)
    page = {"letter": letter, "text": text_of(letter), "people": people()}
    return render(request, "cards/letter.html", page)


def _letter(uid: uuid.UUID) -> Letter:
    found: Letter | None = Letter.objects.select_related("person").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


@require_POST
def take_letter(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """In somebody's name, or once more in that of whoever sent it."""
    viewer, letter = enterer_at(request), _letter(uid)
    chosen = as_uid(request.POST.get("person", ""))
    person = next((each for each in people() if each.uid == chosen), None)
    try:
        take_after_all(letter, person, by=viewer.person)
    except DomainError as error:
        if not error.mendable:
            raise
        messages.error(request, error.message)
        return redirect("cards:mail")
    telling.done(request, _("次の確認で受け取ります。"))
    return redirect("cards:mail")


@require_POST
def look_now(request: HttpRequest) -> HttpResponse:
    """The worker looks at the next moment."""
    try:
        look_soon(by=enterer_at(request).person)
    except Conflict as error:
        messages.error(request, error.message)
        return redirect("cards:mail")
    telling.done(
        request,
        _("まもなくメールを確認します。%(at)sごろ表示し直してください。")
        % {"at": timezone.localtime().strftime("%H:%M")},
    )
    return redirect("cards:mail")
