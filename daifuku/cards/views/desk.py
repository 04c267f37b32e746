"""名刺の入力: the picture beside the form, by keyboard from the first card to the last."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.cards import doubles
from daifuku.cards.actions import finishing, taking
from daifuku.cards.actions.describing import describe
from daifuku.cards.actions.finishing import Finished
from daifuku.cards.enterers import may_enter
from daifuku.cards.fields import as_typed, on_form
from daifuku.cards.models import Card, How, setup
from daifuku.cards.needed import needed
from daifuku.cards.outcomes import find_target
from daifuku.cards.views.bringing import about_of, people
from daifuku.cards.views.finding import card_at
from daifuku.customers.objects.lead import LEAD
from daifuku.foundation.errors import DomainError
from daifuku.foundation.whole import whole
from daifuku.ledger import writing as ledger
from daifuku.records.forms import RecordForm
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer

# Below this the reader is not sure, and says so beside the field.
SURE = 0.85


@require_http_methods(["GET", "HEAD", "POST"])
def desk_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    card, viewer = card_at(request, uid), viewer_at(request)
    taking.need_work(card, viewer.person)
    if request.method == "POST":
        return _sent(request, card, viewer)
    if not card.is_open:
        return redirect(card)
    before = card.taken_by if card.taken_by_id not in {None, viewer.pk} else None
    return _shown(request, card, viewer, _form(card, viewer), taken_from=before)


@require_POST
def take_card(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The desk says that somebody sits at it now."""
    taking.take(card_at(request, uid), by=viewer_at(request).person)
    return HttpResponse(status=204)


def _form(card: Card, viewer: Viewer, sent: Any = None) -> RecordForm:
    start = card.values or {key: each["value"] for key, each in card.proposals.items()}
    if "note" not in start and card.note:
        start = {**start, "note": card.note}
    return RecordForm(LEAD, on_form(viewer).values(), viewer, data=sent, initial=start)


def _shown(
    request: HttpRequest, card: Card, viewer: Viewer, form: RecordForm, status: int = 200, **more: Any
) -> HttpResponse:
    typed = as_typed(form.data if form.is_bound else form.initial)
    found = doubles.doubles_of(typed, viewer)
    fields, sentences = needed(typed, viewer)
    waiting = Card.objects.visible_to(viewer).open()
    likely = doubles.likeliest(found)
    page = {
        "card": card, "form": form, "doubles": found, "hows": How.choices, "needed": fields, "rules": sentences,
        "rows": _rows(form, card), "people": people(), "about": about_of(card, request.POST),
        "target_seconds": setup().target_seconds, "waiting": waiting.count(), "enters": may_enter(viewer),
        "chosen": request.POST.get("target") or (likely.reference if likely else ""), **more,
    }  # fmt: skip
    return render(request, "cards/desk.html", page, status=status)


def _rows(form: RecordForm, card: Card) -> list[tuple[Any, bool]]:
    """Each field, and whether what the reader proposes for it is doubtful."""
    doubtful = set() if card.values else {
        key for key, each in card.proposals.items() if each.get("confidence", 1) < SURE
    }  # fmt: skip
    return [(form[name], name in doubtful) for name in form.fields]


def _sent(request: HttpRequest, card: Card, viewer: Viewer) -> HttpResponse:
    do, by = request.POST.get("do", ""), viewer.person
    seconds, version = whole(request.POST.get("seconds")) or 0, whole(request.POST.get("version"))
    form = _form(card, viewer, request.POST)
    try:
        with ledger.writing():
            _describe(request, card, viewer)
            if do == "draft":
                taking.keep_draft(card, form.values(), by=by, seconds=seconds, version=version)
                telling.done(request, _("途中まで保存しました。続きは「やり残し」からも開けます。"))
                return redirect("cards:desk", card.uid) if "stay" in request.POST else _onward(viewer)
            target = find_target(request.POST.get("target", "") if do != How.NEW else "", by)
            finished = finishing.finish(
                card, form.values(), do, by=by, target=target, seconds=seconds, version=version
            )
    except DomainError as error:
        if not error.mendable:
            raise
        form.tell(error)
        return _shown(request, card, viewer, form, status=422)
    telling.done(request, _said(finished), finished.event)
    return _onward(viewer)


def _said(finished: Finished) -> str:
    """What was done, and what of the card did not get into the record because something else stands there."""
    sentence = _("「%(name)s」を登録しました（%(seconds)s秒）。")
    words = sentence % {"name": finished.record, "seconds": finished.card.seconds}
    if finished.kept:
        names = _("、").join(str(field.name) for field in finished.kept)
        words += _("「%(fields)s」は、名刺と違いますが、登録済みの値をそのまま残しました。") % {
            "fields": names
        }
    return words


def _describe(request: HttpRequest, card: Card, viewer: Viewer) -> None:
    sent = {
        name: request.POST[name] for name in ("owner", "exchanged_on", "occasion") if name in request.POST
    }
    if sent and card.is_open:
        describe(card, sent, by=viewer.person)


def _onward(viewer: Viewer) -> HttpResponse:
    return redirect("cards:next" if may_enter(viewer) else "cards:inbox")


@require_safe
def candidates(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A part of the desk: who may be the same, as far as it is typed."""
    card, viewer = card_at(request, uid), viewer_at(request)
    taking.need_work(card, viewer.person)
    found = doubles.doubles_of(as_typed(request.GET), viewer)
    page = {"doubles": found, "chosen": request.GET.get("target", "")}
    return render(request, "cards/parts/doubles.html", page)
