"""Which customers somebody follows whole."""

from __future__ import annotations

from typing import Any

from daifuku.messages.models import Watch
from daifuku.messages.sharing import own
from daifuku.records.catalogue import registry
from daifuku.records.scope import seen_by_keys
from daifuku.staff.viewer import Viewer

MOST = 200


def watched(viewer: Viewer) -> list[Any]:
    """The customers that this person follows whole and still sees, the latest first."""
    rows = list(Watch.objects.filter(person_id=viewer.pk).order_by("-at")[:MOST])
    seen: dict[tuple[str, int], Any] = {}
    for object_key in own.CUSTOMERS:
        keys = [row.record_id for row in rows if row.object == object_key]
        found = seen_by_keys(registry.get(object_key).model, keys, viewer)
        seen |= {(object_key, key): record for key, record in found.items()}
    return [seen[row.object, row.record_id] for row in rows if (row.object, row.record_id) in seen]
