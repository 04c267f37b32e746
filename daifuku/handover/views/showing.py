"""Hand-overs as a list, and one of them: how far it is, who has received what."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.errors import DomainError, NotFound
from daifuku.foundation.whole import whole
from daifuku.handover import actions, movers
from daifuku.handover.actions.arranging import may_change
from daifuku.handover.models import Handover
from daifuku.handover.models.handover import State
from daifuku.handover.naming_items import named_items, to_receive
from daifuku.handover.progress import job_of
from daifuku.handover.views.finding import find
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

SHOWN = 50
VERBS = {
    "cancel": actions.cancel, "go_on": actions.go_on, "take_back": actions.take_back, "give_back": actions.give_back,
}  # fmt: skip
COLOURS = {
    State.PLANNED: "blue", State.RUNNING: "blue", State.RETURNING: "blue", State.STOPPED: "orange", State.DONE: "green",
}  # fmt: skip


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    viewer, before = viewer_at(request), whole(request.GET.get("before"))
    rows = Handover.objects.visible_to(viewer).select_related("giver", "created_by").order_by("-pk")
    rows = rows if before is None else rows.filter(pk__lt=before)
    handovers, more = _cut(rows)
    people = Person.objects.in_bulk({key for each in handovers for key in each.successor_keys})
    shown = [(each, COLOURS.get(State(each.state), "grey"), _successors(each, people)) for each in handovers]
    waiting = to_receive(viewer)
    first = waiting.select_related("handover__giver", "successor").order_by("pk")[:SHOWN]
    page = {
        "handovers": shown, "next": handovers[-1].pk if more else None, "waiting": named_items(first, viewer),
        "waiting_all": waiting.count(),
    }  # fmt: skip
    return render(request, "handover/list.html", page)


@require_safe
def handover_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    viewer, after = viewer_at(request), whole(request.GET.get("after"))
    handover = find(uid, viewer)
    rows = handover.items.select_related("successor").order_by("pk")
    items, more = _cut(rows if after is None else rows.filter(pk__gt=after))
    labels = {mover.key: mover.label for mover in movers.every()}
    refused = [(labels.get(kind, kind), why) for kind, _key, why in handover.result.get("refused", [])]
    page = {
        "items": named_items(items, viewer), "next": items[-1].pk if more else None, "refused": refused,
        **state_of(handover, viewer),
    }  # fmt: skip
    return render(request, "handover/handover.html", page)


@require_safe
@never_cache
def progress(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The part that changes, while something goes on; in the end the page is fetched anew."""
    viewer = viewer_at(request)
    page = state_of(find(uid, viewer), viewer)
    if not page["working"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "handover/parts/state.html", page)


def state_of(handover: Handover, viewer: Viewer) -> dict[str, Any]:
    items, job = handover.items, job_of(handover)
    labels = {mover.key: mover.label for mover in movers.every()}
    changes = may_change(handover, viewer.person)
    people = Person.objects.in_bulk(handover.successor_keys)
    counts = handover.result.get("moved", {}).items()
    return {
        "handover": handover, "job": job, "may_change": changes, "colour": COLOURS.get(State(handover.state), "grey"),
        "mine": job is not None and (job.by_id == viewer.pk or viewer.has_power("settings")),
        "working": job is not None and job.is_open, "turns": _turns(handover), "kept": handover.result.get("kept", []),
        "successors": _successors(handover, people), "all_items": items.count(),
        "received": items.filter(acknowledged_at__isnull=False).count(),
        "moved": [(labels.get(key, key), n) for key, n in counts if n],
    }  # fmt: skip


def _turns(handover: Handover) -> set[str]:
    """What can be done with it now."""
    state, begun = handover.state, handover.begun_id is not None
    if state == State.PLANNED:
        return {"cancel"}
    if state == State.STOPPED:
        return {"go_on", "take_back"} if begun else {"go_on", "cancel"}
    if state == State.DONE:
        return {"take_back", "give_back"} if handover.returns_on else {"take_back"}
    return set()


@require_POST
def turn(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Called off, gone on with, taken back, returned before its day: as `do` says."""
    handover, verb = find(uid, viewer_at(request)), VERBS.get(request.POST.get("do", ""))
    if verb is None:
        raise NotFound
    try:
        verb(handover, by=viewer_at(request).person)
    except DomainError as error:
        if not error.mendable:
            raise
        messages.error(request, error.message)
    else:
        telling.done(request, _("受け付けました。"), telling.written())
    return redirect(handover)


def _successors(handover: Handover, people: dict[int, Person]) -> list[Person]:
    return [people[key] for key in handover.successor_keys if key in people]


def _cut(rows: Any) -> tuple[list[Any], bool]:
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], len(found) > SHOWN
