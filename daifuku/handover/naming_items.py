"""The customers of a hand-over by name, as far as somebody may see them; what waits for him to receive it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from daifuku.handover.models import Item
from daifuku.records.catalogue import registry
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

LINKED = {"account": ("owner", "team", "parent"), "lead": ("owner", "team")}


def named_items(items: Iterable[Item], viewer: Viewer) -> list[tuple[Item, Any]]:
    """Each with its customer, None where this person may not see him; a question for each kind of customer."""
    rows = list(items)
    found: dict[tuple[str, int], Any] = {}
    for kind in {row.object for row in rows}:
        keys = [row.record_id for row in rows if row.object == kind]
        records = registry.get(kind).model.plain.filter(pk__in=keys, trashed_at__isnull=True)
        found |= {(kind, each.pk): each for each in records.select_related(*LINKED[kind])}
    customers = [(row, found.get((row.object, row.record_id))) for row in rows]
    return [
        (row, each if each is not None and sees(viewer, each, "view") else None) for row, each in customers
    ]


def to_receive(viewer: Viewer) -> QuerySet[Item]:
    """What is his now and not yet received; what was taken back or thrown away is not asked for any more."""
    there = Q()
    for kind in LINKED:
        records = registry.get(kind).model.plain.filter(pk=OuterRef("record_id"), trashed_at__isnull=True)
        there |= Q(object=kind) & Q(Exists(records))
    rows = Item.objects.filter(successor=viewer.pk, state=Item.State.MOVED, acknowledged_at__isnull=True)
    return rows.filter(there, handover__state__in=("running", "stopped", "done"))
