"""Short notes at the foot of the page after something was done, with the way to undo it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.urls import reverse


def said(response: HttpResponse, sentence: object) -> HttpResponse:
    """Lets the page say a sentence; header values are ASCII, so the Japanese travels as JSON escapes."""
    return _trigger(response, {"toast": {"sentence": str(sentence)}})


def undoable(response: HttpResponse, sentence: object, event: Any) -> HttpResponse:
    """The same with 「元に戻す」, which takes the ledger line `event` back. `written` wakes the timeline there."""
    toast = {"sentence": str(sentence), "undo": reverse("records:undo", args=[event.pk])}
    return _trigger(response, {"toast": toast, "written": ""})


def _trigger(response: HttpResponse, events: dict[str, Any]) -> HttpResponse:
    response["HX-Trigger"] = json.dumps(events)
    return response
