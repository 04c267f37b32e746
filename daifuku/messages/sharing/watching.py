"""Which customers somebody follows whole."""

from __future__ import annotations

from typing import Any

from daifuku.messages.models import Watch
from daifuku.records.scope import seen_of_kinds
from daifuku.staff.viewer import Viewer

MOST = 200


def watched(viewer: Viewer) -> list[Any]:
    """The customers that this person follows whole and still sees, the latest first."""
    rows = list(Watch.objects.filter(person_id=viewer.pk).order_by("-at")[:MOST])
    seen = seen_of_kinds(((row.object, row.record_id) for row in rows), viewer)
    return [seen[row.object, row.record_id] for row in rows if (row.object, row.record_id) in seen]
