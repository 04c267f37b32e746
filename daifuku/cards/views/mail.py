"""Every message on the server of the card address, and what became of it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.cards.actions.letters import take_after_all
from daifuku.cards.mailbox.polling import box_of
from daifuku.cards.models import Letter, Setup, setup
from daifuku.cards.views.bringing import people
from daifuku.cards.views.finding import enterer_at
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.foundation.sql import write_transaction
from daifuku.foundation.whole import whole
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.views import telling

SHOWN = 50


@require_safe
def mail_page(request: HttpRequest) -> HttpResponse:
    viewer = enterer_at(request)
    now = setup()
    rows = Letter.objects.all()
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    state = request.GET.get("state", "")
    shown = rows.filter(state=state) if state in Letter.State.values else rows
    before = whole(request.GET.get("before"))
    if before is not None:
        shown = shown.filter(pk__lt=before)
    letters = list(shown.select_related("person").prefetch_related("cards")[: SHOWN + 1])
    here = rows.filter(box=box_of(now), uidvalidity=now.uidvalidity).count() if now.mail_on else 0
    page = {
        "tab": "mail", "enters": True, "setup": now, "letters": letters[:SHOWN], "people": people(), "here": here,
        "state": state, "states": [(key, label, counts.get(key, 0)) for key, label in Letter.State.choices],
        "next": letters[SHOWN - 1].pk if len(letters) > SHOWN else None,
        "may_set": viewer.has_power("settings"),
    }  # fmt: skip
    return render(request, "cards/mail.html", page)


@require_POST
def take_letter(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """In somebody's name, or once more in that of whoever sent it."""
    viewer = enterer_at(request)
    letter = Letter.objects.select_related("person").filter(uid=uid).first()
    if letter is None:
        raise NotFound
    chosen = as_uid(request.POST.get("person", ""))
    person = next((each for each in people() if each.uid == chosen), letter.person)
    if person is None:
        messages.error(request, _("だれから受け取った名刺にするかを選んでください。"))
        return redirect("cards:mail")
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
    enterer_at(request)
    with write_transaction():
        Setup.objects.filter(mail_on=True).update(polled_at=None)
    telling.done(
        request,
        _("まもなくメールを確認します。%(at)sごろ表示し直してください。")
        % {"at": timezone.localtime().strftime("%H:%M")},
    )
    return redirect("cards:mail")
