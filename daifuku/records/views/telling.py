"""Says on the next page what was done, with the way to undo it beside the sentence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest

from daifuku.foundation.sql.prepared import Prepared
from daifuku.ledger.models import Event


def done(request: HttpRequest, sentence: str, event: Event | None = None) -> None:
    messages.success(request, sentence, extra_tags=f"undo-{event.pk}" if event else "")


def last_line(record: Any, by: Any) -> Event | None:
    """The line that this person just wrote about the record."""
    line: Event | None = LAST.first(record.object_key, record.pk, by.pk)
    return line


def _lines_of(object: str, record: int, actor: int) -> QuerySet[Event]:
    return Event.objects.filter(subjects__object=object, subjects__record_id=record, actor_id=actor)


LAST = Prepared(lambda object, record, actor: _lines_of(object, record, actor).order_by("-pk")[:1])
