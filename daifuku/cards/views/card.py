"""One card: its picture, who brought it, what became of it; what can be done with it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.cards.actions import describing, taking
from daifuku.cards.models import Card
from daifuku.cards.views.bringing import about_of, people
from daifuku.cards.views.finding import card_at
from daifuku.foundation.errors import DomainError
from daifuku.records.scope import sees
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.history import lines_about
from daifuku.staff.models import Person


@require_safe
def card_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _shown(request, card_at(request, uid))


def _shown(request: HttpRequest, card: Card, status: int = 200) -> HttpResponse:
    viewer, record = viewer_at(request), card.record
    page = {
        "card": card, "record": record if record is not None and sees(viewer, record, "view") else None,
        "may_work": taking.may_work(card, viewer), "people": people(), "about": about_of(card, request.POST),
        "history": lines_about("card", card.pk, viewer),
    }  # fmt: skip
    return render(request, "cards/card.html", page, status=status)


@require_POST
def change(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """`do`: describe, aside, back, give_back, trash, again."""
    card, by = card_at(request, uid), viewer_at(request).person
    try:
        words, away = _change(request, card, by)
    except DomainError as error:
        if not error.mendable:
            raise
        messages.error(request, " ".join(each.message for each in error.problems) or error.message)
        return _shown(request, card, 422) if request.POST.get("do") == "describe" else redirect(card)
    telling.done(request, words, telling.written())
    return redirect("cards:inbox" if away else card)


def _change(request: HttpRequest, card: Card, by: Person) -> tuple[str, bool]:
    do = request.POST.get("do", "")
    if do == "aside":
        taking.put_aside(card, request.POST.get("why", ""), by=by)
        return _("名刺を保留にしました。"), True
    if do == "back":
        taking.bring_back(card, by=by)
        return _("名刺を入力待ちに戻しました。"), False
    if do == "give_back":
        taking.give_back(card, by=by)
        return _("名刺を入力待ちに戻しました。"), True
    if do == "trash":
        taking.trash(card, by=by)
        return _("名刺を削除しました。"), True
    if do == "again":
        describing.try_again(card, by=by)
        return _("もう一度読み取ります。"), False
    sent = {
        name: request.POST[name]
        for name in ("owner", "occasion", "note", "exchanged_on")
        if name in request.POST
    }
    describing.describe(card, sent, by=by)
    return _("名刺の情報を保存しました。"), False
