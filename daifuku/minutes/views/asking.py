"""What the page asks while somebody types: what the lines say, to keep the draft, who else writes here."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from daifuku.activities.models import Talk
from daifuku.foundation.errors import DomainError
from daifuku.minutes.actions import keep_draft
from daifuku.minutes.actions.drafting import others_at, present
from daifuku.minutes.found import Found, found_in, found_in_text
from daifuku.minutes.words import CHANGING
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import DateTime
from daifuku.records.scope import seen_by_uid
from daifuku.records.views.finding import object_at, record_at, viewer_at
from daifuku.staff.viewer import Viewer

# What the page began with; whoever goes on with his draft is measured against that, not against what was saved since.
OPENED = "opened"


@require_POST
def read_new(request: HttpRequest) -> HttpResponse:
    """Of minutes that are not saved yet."""
    object_at(request, "talks", "create")
    viewer, sent = viewer_at(request), request.POST
    keep_draft(_typed(sent), by=viewer.person, talk=None)
    text = sent.get("text", "")
    found = found_in_text(text, day_in(sent.get("started_at")), customer_in(sent, viewer), viewer)
    return _chips(request, found)


@require_POST
def read_again(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    talk: Talk = record_at(request, "talks", uid, action="edit")[1]
    viewer, sent = viewer_at(request), request.POST
    typed = _typed(sent) | {OPENED: sent.get(OPENED, "")}
    keep_draft(typed, by=viewer.person, talk=talk, version=talk.version)
    return _chips(request, found_in(talk, viewer, sent.get("text", "")), talk)


@require_POST
def here(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Who else has these minutes open, and whether they were saved by somebody since (`?version=`)."""
    talk: Talk = record_at(request, "talks", uid, action="edit")[1]
    person = viewer_at(request).person
    present(talk, by=person)
    page = {"others": others_at(talk, person), "moved_on": request.GET.get("version") != str(talk.version)}
    return render(request, "minutes/parts/here.html", {"talk": talk, **page})


def _chips(request: HttpRequest, found: Found, talk: Talk | None = None) -> HttpResponse:
    chosen = set(request.POST.getlist("accept"))
    for chip in found.chips:
        chip.chosen = chip.finding.key in chosen
    page = {"found": found, "talk": talk, "draft_at": timezone.now()}
    return render(request, "minutes/parts/chips.html", page)


def _typed(sent: Any) -> dict[str, str]:
    """What the form asks of a talk, and nothing that somebody has put beside it."""
    known = vocabulary.fields_of("talk")
    return {name: sent[name] for name in sent if name in known}


def customer_in(sent: Any, viewer: Viewer) -> dict[str, Any]:
    """The customer whom the form names, as far as this person may know of him."""
    found: dict[str, Any] = {}
    for name in CHANGING:
        try:
            uid = uuid.UUID(str(sent.get(name) or ""))
        except ValueError:
            continue
        record = seen_by_uid(registry.get(name).model, uid, viewer)
        if record is not None:
            found[name] = record
    if "account" not in found and "contact" in found:
        found["account"] = found["contact"].account
    return found


def day_in(raw: Any) -> date:
    """The day of the meeting as it stands in the form; today where that is none."""
    try:
        moment = DateTime().clean(raw)
    except (DomainError, ValueError, TypeError):
        moment = None
    return timezone.localtime(moment).date() if moment is not None else timezone.localdate()
