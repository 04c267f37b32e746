"""Rows that may be a record that is there already: the same normalised name, phone, mail or number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from daifuku.customers.same import hidden_kinds
from daifuku.records.catalogue import registry
from daifuku.records.models import DuplicateKey
from daifuku.staff.viewer import Viewer


def find_doubles(object_key: str, records: Sequence[Any], viewer: Viewer) -> list[Any]:
    """For every unsaved record one that is there and may be the same, among those that this person sees, or None."""
    object_type = registry.get(object_key)
    hidden = hidden_kinds(viewer, object_key)
    keys = [[(kind, key[:120]) for kind, key in object_type.keys(r) if key] if r else [] for r in records]
    wanted = {key for pairs in keys for kind, key in pairs if kind not in hidden}
    if not wanted:
        return [None for _record in records]
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = DuplicateKey.objects.filter(object=object_key, key__in=wanted).exclude(kind__in=hidden)
    for kind, key, record_id in rows.order_by("record_id").values_list("kind", "key", "record_id"):
        holders[kind, key].append(record_id)
    everybody = {record_id for found in holders.values() for record_id in found}
    seen = object_type.model.objects.visible_to(viewer).in_bulk(list(everybody))
    return [
        next((seen[holder] for pair in pairs for holder in holders.get(pair, ()) if holder in seen), None)
        for pairs in keys
    ]
