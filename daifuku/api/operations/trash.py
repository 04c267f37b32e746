"""What lies in the trash; one is brought back by `restore`, many by a bulk request."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query

from daifuku.api.answers import Answer, paged
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, uid_of
from daifuku.api.routing import records
from daifuku.foundation.errors import NotFound
from daifuku.records.presenting.links import address


class ThrownItem(Schema):
    uid: str
    version: int
    label: str
    url: str
    trashed_at: str


class Trash(Schema):
    items: list[ThrownItem]
    next: str | None


@records.get("/{slug}/trash", operation_id="trash_{object}", summary=noop("ごみ箱"), response=Trash)
def list_trash(
    request: Asked,
    slug: str,
    size: int = Query(50, ge=1, le=200),
    before: str = Query("", description=noop("前のページの next"), max_length=40),
) -> Answer:
    """What the caller may see of it, the last thrown away first."""
    object_type = object_of(request.auth.viewer, slug)
    rows = object_type.model.objects.trash_of(request.auth.viewer)
    if before:
        last = rows.filter(uid=uid_of(before)).first()
        if last is None:
            raise NotFound
        older = Q(trashed_at__lt=last.trashed_at) | Q(trashed_at=last.trashed_at, pk__lt=last.pk)
        rows = rows.filter(older)
    page, following = paged(rows.order_by("-trashed_at", "-pk"), size)
    return Answer({"items": [_shown(record) for record in page], "next": following})


def _shown(record: Any) -> dict[str, Any]:
    return {
        "uid": str(record.uid), "version": record.version, "label": str(record), "url": address(record),
        "trashed_at": record.trashed_at,
    }  # fmt: skip
