"""A deletion request: the values about a person leave the ledger, the facts and the chain stay."""

from __future__ import annotations

from typing import Any

from daifuku.ledger import kinds
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About, record, writing

ERASED = "…"


def erase(object: str, record_id: int, *, by: Any, kind: str) -> Event:
    """Removes the personal values from every line about the record and writes the line that says so.

    `kind` ends in `.erased`; lines that share several records lose their personal values as well.
    """
    with writing():
        erasing = record(kind, by=by, about=[About(object, record_id)])
        lines = Event.objects.filter(subjects__object=object, subjects__record_id=record_id)
        for event in lines.exclude(pk=erasing.pk).exclude(salt="").distinct().iterator(chunk_size=200):
            event.data = _without_values(event) | {"erased_by": erasing.pk}
            event.salt = ""
            event.save(update_fields=["data", "salt"])
    return erasing


def _without_values(event: Event) -> dict[str, Any]:
    personal = kinds.get(event.kind).personal
    kept = {key: value for key, value in event.data.items() if key not in personal}
    if "changes" in personal and "changes" in event.data:
        kept["changes"] = {name: [ERASED, ERASED] for name in event.data["changes"]}
    return kept
