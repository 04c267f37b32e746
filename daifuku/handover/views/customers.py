"""One customer of a hand-over: his sheet, the predecessor's note, 「受け取りました」."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.errors import DomainError, NotFound
from daifuku.handover.actions import acknowledge, write_note
from daifuku.handover.actions.arranging import may_change
from daifuku.handover.models import Item
from daifuku.handover.naming_items import to_receive
from daifuku.handover.sheets import sheets_of
from daifuku.handover.views.finding import find_item
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer


@require_safe
def item_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    viewer = viewer_at(request)
    item = find_item(uid, viewer)
    return _page(request, item, viewer, {"note": item.note})


@require_POST
def note_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What was typed stays in the field, whatever is wrong with it."""
    viewer, typed = viewer_at(request), request.POST.get("note", "")
    item = find_item(uid, viewer)
    try:
        write_note(item, typed, by=viewer.person)
    except DomainError as error:
        if error.status != 422:
            raise
        problem = error.problems[0].message if error.problems else error.message
        return _page(request, item, viewer, {"note": typed, "problem": problem}, status=422)
    telling.done(request, _("伝言を保存しました。"), telling.written())
    return redirect(item)


@require_POST
def receive(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The next one that waits is opened, so that one can go through them."""
    viewer = viewer_at(request)
    item = find_item(uid, viewer)
    try:
        acknowledge(item, by=viewer.person)
    except DomainError as error:
        if error.status not in {403, 409}:
            raise
        messages.error(request, error.message)
        return redirect(item)
    telling.done(request, _("受け取りました。"), telling.written())
    following = to_receive(viewer).filter(handover=item.handover_id).order_by("pk").first()
    return redirect(following or item.handover)


def _page(
    request: HttpRequest, item: Item, viewer: Viewer, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    sheets = sheets_of([item], viewer, timezone.localdate())
    if not sheets:
        raise NotFound
    mine = item.successor_id == viewer.pk
    waiting = to_receive(viewer).filter(handover=item.handover_id) if mine else Item.objects.none()
    page = {
        "item": item, "record": sheets[0].record, "handover": item.handover, "sections": sheets[0].sections,
        "may_note": may_change(item.handover, viewer.person), "mine": mine,
        "live": waiting.filter(pk=item.pk).exists(), "following": max(waiting.count() - 1, 0), **more,
    }  # fmt: skip
    return render(request, "handover/item.html", page, status=status)
