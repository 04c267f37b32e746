"""引継書: what a successor reads of each customer, made from the record, with few questions for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from daifuku.customers import sheet
from daifuku.handover.actions.arranging import may_change
from daifuku.handover.models import Handover, Item
from daifuku.handover.naming_items import named_items
from daifuku.ledger import reads
from daifuku.records.catalogue import registry
from daifuku.staff.viewer import Viewer

SHEETS_A_PAGE = 50


@dataclass(frozen=True)
class HandedSheet:
    item: Item
    record: Any
    sections: Sequence[sheet.Filled]


def items_for(handover: Handover, viewer: Viewer) -> QuerySet[Item]:
    """All of them for whoever gives or arranged it, his own for a successor; in the order in which they are read."""
    items = handover.items.select_related("successor", "handover__giver").order_by("pk")
    return items if may_change(handover, viewer.person) else items.filter(successor=viewer.pk)


def sheets_of(items: Iterable[Item], viewer: Viewer, today: date) -> list[HandedSheet]:
    """Only of customers that the viewer may see. Of a person it is a line in the ledger that somebody read it."""
    rows = [(item, record) for item, record in named_items(items, viewer) if record is not None]
    filled = sheet.sections_of_many([record for _item, record in rows], viewer, today)
    for _item, record in rows:
        object_type = registry.of(record)
        if object_type.about_person:
            event = object_type.event("opened")
            reads.looked(event, by=viewer.person, object=object_type.key, record_id=record.pk)
    return [HandedSheet(item, record, filled[record.object_key, record.pk]) for item, record in rows]
