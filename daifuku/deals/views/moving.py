"""A deal goes into another stage: the page that asks for what the process wants to know on this way."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.deals import actions, processes, ways
from daifuku.deals.models import Deal
from daifuku.deals.models.deal import LOST, WON
from daifuku.deals.objects.deal import DEAL
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue import vocabulary
from daifuku.records.forms import RecordForm
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at

MOMENTS = {
    LOST: ("lost_reason", "competitor", "lost_note", "ask_again_on"),
    WON: ("amount", "closed_on"),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The running deals as a board."""
    object_at(request, DEAL.slug)
    return redirect(f"{url_of('records:list', DEAL.slug)}?view=running")


@require_http_methods(["GET", "HEAD", "POST"])
def move_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Without a question the deal is moved by one press; what is missing is asked for here. Into a stage that follows a
    document it leads to the page of that document."""
    deal: Deal = record_at(request, DEAL.slug, uid, action="edit")[1]
    viewer, sent = viewer_at(request), request.POST if request.method == "POST" else None
    wanted = (sent or request.GET).get("stage", "")
    old, stage = processes.stage(deal.stage), processes.stage(wanted)
    if old is None or stage is None or stage.process != deal.process:
        raise NotFound
    if opener := _opener(deal, stage, viewer):
        return redirect(opener)
    way = ways.way(old, stage)
    fields = vocabulary.editable_for(viewer, "deal")
    form = RecordForm(
        DEAL, [fields[key] for key in _asked(deal, way) if key in fields], viewer, record=deal, data=sent
    )
    if "stage_note" in form.fields:
        form.fields["stage_note"].label = note_label(way)
        form.fields["stage_note"].help_text = ""
    if sent is not None:
        try:
            moved = actions.move(deal, stage.key, by=viewer.person, values=form.values())
            sentence = _("「%(name)s」を「%(stage)s」に移しました。") % {"name": moved, "stage": stage.label}
            telling.done(request, sentence, telling.written(moved))
            return redirect("deals:home") if sent.get("from") == "board" else redirect(moved)
        except DomainError as error:
            if error.status not in {409, 412, 422}:
                raise
            form.tell(error)
    context = {
        "deal": deal, "form": form, "old": old, "stage": stage, "way": way,
        "origin": (sent or request.GET).get("from", ""),
        "title": title_of(deal, way), "button": button_of(way),
    }  # fmt: skip
    return render(request, "deals/move.html", context, status=422 if form.is_bound else 200)


def title_of(deal: Deal, way: ways.Way) -> str:
    names = {"deal": deal, "new": way.new.label}
    if way.kind == ways.LOSE:
        return _("「%(deal)s」を失注にする") % names
    if way.new.kind == WON and way.old.kind == "open":
        return _("「%(deal)s」を受注にする") % names
    if way.kind == ways.REOPEN:
        return _("「%(deal)s」をもう一度進める") % names
    return _("「%(deal)s」を「%(new)s」へ") % names


def button_of(way: ways.Way) -> str:
    if way.kind == ways.LOSE:
        return _("失注にする")
    if way.new.kind == WON and way.old.kind == "open":
        return _("受注にする")
    return _("戻す") if way.kind == ways.BACK else _("進める")


def note_label(way: ways.Way) -> str:
    """What the process wants to hear in the field that stands in the history."""
    if way.kind in {ways.BACK, ways.CROSS}:
        return _("戻す理由")
    if way.kind == ways.REOPEN:
        return _("もう一度進める理由")
    if way.kind == ways.SKIP:
        return _("段階を飛ばす理由")
    if way.kind == ways.LOSE:
        return _("ひとこと")
    return _("お客様の反応")


def _asked(deal: Deal, way: ways.Way) -> list[str]:
    """The note first, then what belongs to the moment, then what is still missing."""
    process = processes.process(way.new.process)
    fields = vocabulary.fields_of("deal")
    missing = [
        key
        for key in (ways.needed_in(process, way.new) if process else ())
        if key in fields and fields[key].type.is_empty(fields[key].get(deal))
    ]
    moment: tuple[str, ...] = ()
    if way.new.kind == LOST or (way.new.kind == WON and way.old.kind == "open"):
        moment = MOMENTS[way.new.kind]
    return list(dict.fromkeys(["stage_note", *moment, *missing]))


def _opener(deal: Deal, stage: processes.Stage, viewer: Any) -> str:
    opener = ways.openers.get(stage.follows)
    return (opener(deal, viewer) or "") if opener else ""
