"""Rows that may be a record that is there already: the same normalised name, phone, mail or number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from daifuku.records.catalogue import registry
from daifuku.records.models import DuplicateKey
from daifuku.staff.viewer import Viewer


def find_doubles(object_key: str, records: Sequence[Any], viewer: Viewer) -> list[Any]:
    """For every unsaved record one that is there and may be the same, among those that this person sees, or None."""
    object_type = registry.get(object_key)
    keys = [[(kind, key[:120]) for kind, key in object_type.keys(r) if key] if r else [] for r in records]
    wanted = {key for pairs in keys for _kind, key in pairs}
    if not wanted:
        return [None for _record in records]
    holders: dict[tuple[str, str], int] = {}
    rows = DuplicateKey.objects.filter(object=object_key, key__in=wanted).order_by("-record_id")
    for kind, key, record_id in rows.values_list("kind", "key", "record_id"):
        holders[kind, key] = record_id
    seen = object_type.model.objects.visible_to(viewer).in_bulk(list(set(holders.values())))
    return [
        next((seen[holders[pair]] for pair in pairs if holders.get(pair) in seen), None) for pairs in keys
    ]
