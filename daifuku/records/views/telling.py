"""Says on the next page what was done, with the way to undo it beside the sentence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from daifuku.ledger.models import Event


def done(request: HttpRequest, sentence: str, event: Event | None = None) -> None:
    messages.success(request, sentence, extra_tags=f"undo-{event.pk}" if event else "")


def last_line(record: Any, by: Any) -> Event | None:
    """The line that this person just wrote about the record."""
    lines = Event.objects.filter(subjects__object=record.object_key, subjects__record_id=record.pk, actor=by)
    return lines.order_by("-pk").first()
