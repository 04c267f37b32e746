"""Says on the next page what was done, with the way to undo it beside the sentence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from daifuku.ledger import kinds
from daifuku.ledger.models import Event
from daifuku.ledger.remembering import remembered
from daifuku.ledger.writing import Line


def done(request: HttpRequest, sentence: str, event: Event | None = None) -> None:
    messages.success(request, sentence, extra_tags=f"undo-{event.pk}" if event else "")


def written(record: Any = None) -> Event | None:
    """The last line that can be taken back among those that this request wrote (about `record`): None where nothing
    differed, so that no note offers to undo what was done before."""
    for event, line in reversed(remembered()):
        if kinds.get(event.kind).undo is not None and (record is None or _is_about(line, record)):
            return event
    return None


def _is_about(line: Line, record: Any) -> bool:
    return any((each.object, each.record_id) == (record.object_key, record.pk) for each in line.about)
