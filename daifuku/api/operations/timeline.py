"""What happened with a record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.routing import records
from daifuku.ledger import kinds
from daifuku.ledger.models import Event
from daifuku.records.presenting.lines import LinePresenter


class Line(Schema):
    id: int
    at: str
    kind: str
    label: str
    sentence: str
    actor: dict[str, Any] | None
    via: str
    cause: int | None
    undoes: int | None
    undoable: bool
    erased: bool
    subjects: list[dict[str, Any]]
    changes: dict[str, list[Any]]


class Lines(Schema):
    items: list[Line]
    next: int | None


@records.get("/{slug}/{uid}/timeline", operation_id="timeline_{object}", summary=noop("履歴"), response=Lines)
def timeline(
    request: Asked,
    slug: str,
    uid: str,
    size: int = Query(50, ge=1, le=200),
    before: int | None = Query(None, ge=1, le=2**62, description=noop("前のページの next")),
) -> Answer:
    """Newest first; `next` goes on into the past. Who looked at it is not a part."""
    viewer = request.auth.viewer
    object_type = object_of(viewer, slug)
    record = record_of(viewer, object_type, uid, trashed=True)
    events = Event.objects.filter(subjects__object=object_type.key, subjects__record_id=record.pk)
    if before is not None:
        events = events.filter(id__lt=before)
    page = list(
        events.exclude(kind__in=kinds.quiet_keys())
        .select_related("actor")
        .prefetch_related("subjects")
        .order_by("-id")[: size + 1]
    )
    following = page[size - 1].pk if len(page) > size else None
    return Answer({"items": LinePresenter(viewer).many(page[:size]), "next": following})
