"""Hand-overs as a list, and one of them: how far it is, who has received what; on paper all sheets together."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.customers import sheet
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.handover import actions, movers
from daifuku.handover.actions.arranging import may_change
from daifuku.handover.models import Handover, Item
from daifuku.handover.models.handover import State
from daifuku.ledger import reads
from daifuku.records.catalogue import registry
from daifuku.records.scope import sees
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer

SHOWN, ON_PAPER = 200, 50
VERBS = {
    "cancel": actions.cancel, "go_on": actions.go_on, "take_back": actions.take_back, "give_back": actions.give_back,
}  # fmt: skip


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_at(request)
    rows = Handover.objects.visible_to(viewer).select_related("giver", "created_by").order_by("-pk")
    waiting = Item.objects.filter(successor=viewer.pk, state=Item.State.MOVED, acknowledged_at__isnull=True)
    page = {
        "handovers": list(rows[:SHOWN]), "waiting": named(waiting.order_by("pk")[:SHOWN], viewer),
        "waiting_all": waiting.count(),
    }  # fmt: skip
    return render(request, "handover/list.html", page)


@require_safe
def handover_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    viewer = viewer_at(request)
    handover = find(uid, viewer)
    items = handover.items.select_related("successor").order_by("successor_id", "pk")
    labels = {mover.key: mover.label for mover in movers.every()}
    moved = [(labels.get(key, key), n) for key, n in handover.result.get("moved", {}).items() if n]
    page = {
        "handover": handover, "items": named(items[:SHOWN], viewer), "all_items": items.count(),
        "received": items.filter(acknowledged_at__isnull=False).count(), "moved": moved,
        "refused": handover.result.get("refused", []), "kept": handover.result.get("kept", []),
        "states": State, "may_change": may_change(handover, viewer.person),
    }  # fmt: skip
    return render(request, "handover/handover.html", page)


@require_POST
def turn(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Called off, gone on with, taken back, returned before its day: as `do` says."""
    handover, verb = find(uid, viewer_at(request)), VERBS.get(request.POST.get("do", ""))
    if verb is None:
        raise NotFound
    try:
        verb(handover, by=viewer_at(request).person)
    except DomainError as error:
        if error.status not in {409, 422}:
            raise
        messages.error(request, error.message)
    else:
        telling.done(request, _("受け付けました。終わるとこのページに出ます。"), telling.written())
    return redirect(handover)


@require_safe
def sheets_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """引継書: the sheets of one's customers, fifty at once, to print or to keep as a PDF."""
    viewer, today = viewer_at(request), timezone.localdate()
    handover = find(uid, viewer)
    items = handover.items.select_related("successor").order_by("pk")
    if not may_change(handover, viewer.person):
        items = items.filter(successor=viewer.pk)
    sheets = [
        (item, record, sections_seen(record, viewer, today))
        for item, record in named(items[:ON_PAPER], viewer)
        if record is not None
    ]
    return render(request, "handover/sheets.html", {"handover": handover, "sheets": sheets, "today": today})


def find(uid: uuid.UUID, viewer: Viewer) -> Handover:
    found = Handover.objects.visible_to(viewer).select_related("giver", "created_by").filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


def named(items: Any, viewer: Viewer) -> list[tuple[Item, Any]]:
    """Each with its customer, None where this person may not see him; two questions for all."""
    rows = list(items)
    found: dict[tuple[str, int], Any] = {}
    for kind in {row.object for row in rows}:
        keys = [row.record_id for row in rows if row.object == kind]
        found |= {(kind, each.pk): each for each in registry.get(kind).model.plain.filter(pk__in=keys)}
    customers = [(row, found.get((row.object, row.record_id))) for row in rows]
    return [
        (row, each if each is not None and sees(viewer, each, "view") else None) for row, each in customers
    ]


def sections_seen(record: Any, viewer: Viewer, today: date) -> list[sheet.Filled]:
    """The customer's sheet; of a person it is a line in the ledger that somebody read it."""
    object_type = registry.of(record)
    if object_type.about_person:
        event = object_type.event("opened")
        reads.looked(event, by=viewer.person, object=object_type.key, record_id=record.pk)
    return sheet.sections_of(record, viewer, today)
