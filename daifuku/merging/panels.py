"""What stands beside a record: who is the same party; and in its history the way back from a merge."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.reversing import url_of
from daifuku.foundation.sql.prepared import Prepared, Told
from daifuku.ledger.models import Event
from daifuku.merging.asking import KINDS
from daifuku.merging.models import SameParty
from daifuku.records import timeline
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.panel import Panel
from daifuku.records.scope import seen_of_kinds, sees
from daifuku.staff.viewer import Viewer


def _of(object: str, record: int) -> Any:
    mine = Q(object=object, first_id=record) | Q(other_object=object, second_id=record)
    return SameParty.objects.filter(mine).order_by("pk")


SAME = Prepared(_of)


def register() -> None:
    for key in KINDS:
        panel = Panel("same_party", _("同じ相手"), "merging/panels/same.html", same_party, "side", 35, ahead)
        registry.get(key).panels.append(panel)
        for what in ("merged", "unmerged"):
            timeline.show_body(f"{key}.{what}", "merging/parts/line.html", line)


def ahead(record: Any, viewer: Viewer) -> list[Told]:
    return [SAME.told(record.object_key, record.pk)]


def same_party(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    rows = SAME(record.object_key, record.pk)
    own = (record.object_key, record.pk)
    places = []
    for row in rows:
        one, other = (row.object, row.first_id), (row.other_object, row.second_id)
        places.append((row, other if one == own else one))
    if not places:
        return None
    seen = seen_of_kinds([place for _row, place in places], viewer)
    found = [(row, seen[place], registry.get(place[0])) for row, place in places if place in seen]
    return {"found": found, "record": record, "may_edit": sees(viewer, record, "edit")} if found else None


def line(event: Event, viewer: Viewer) -> dict[str, Any] | None:
    """The names of what went into it, and the page from which it is taken back."""
    if event.erased or "merge" not in event.data:
        return None
    return {
        "names": event.data.get("names", ""),
        "address": url_of("merging:merge", UUID(event.data["merge"])),
    }
