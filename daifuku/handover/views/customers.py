"""One customer of a hand-over: his sheet, the predecessor's note, 「受け取りました」."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.errors import DomainError, NotFound
from daifuku.handover.actions import acknowledge, write_note
from daifuku.handover.actions.arranging import may_change
from daifuku.handover.models import Handover, Item
from daifuku.handover.views.showing import named, sections_seen
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer


@require_safe
def item_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    viewer, today = viewer_at(request), timezone.localdate()
    item = _find(uid, viewer)
    ((_item, record),) = named([item], viewer)
    if record is None:
        raise NotFound
    page = {
        "item": item, "record": record, "handover": item.handover, "sections": sections_seen(record, viewer, today),
        "may_note": may_change(item.handover, viewer.person), "mine": item.successor_id == viewer.pk, "today": today,
    }  # fmt: skip
    return render(request, "handover/item.html", page)


@require_POST
def note_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    item = _find(uid, viewer_at(request))
    try:
        write_note(item, request.POST.get("note", ""), by=viewer_at(request).person)
    except DomainError as error:
        if error.status not in {403, 422}:
            raise
        messages.error(request, error.problems[0].message if error.problems else error.message)
    else:
        telling.done(request, _("伝言を保存しました。"), telling.written())
    return redirect(item)


@require_POST
def receive(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    item = _find(uid, viewer_at(request))
    try:
        acknowledge(item, by=viewer_at(request).person)
    except DomainError as error:
        if error.status not in {403, 409}:
            raise
        messages.error(request, error.message)
    else:
        telling.done(request, _("受け取りました。"), telling.written())
    return redirect(item)


def _find(uid: uuid.UUID, viewer: Viewer) -> Item:
    found = Item.objects.select_related("handover__giver", "successor").filter(uid=uid).first()
    if found is None or not Handover.objects.visible_to(viewer).filter(pk=found.handover_id).exists():
        raise NotFound
    return found
