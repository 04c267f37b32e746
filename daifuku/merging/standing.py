"""How a merge stands now: what somebody has changed since, and what was made since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from daifuku.merging.models import Merge
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.hanging.counting import label_of
from daifuku.records.hanging.places import Place, places_of
from daifuku.records.hanging.ways import way_of
from daifuku.records.models import Record
from daifuku.staff.viewer import Viewer

BORN = ("created_at", "written_at", "added_at", "at")


@dataclass(frozen=True)
class Contested:
    """A field of which both the merge and somebody since have changed the value: as it was before, as it is now."""

    field: Field
    before: Any
    now: Any


@dataclass(frozen=True)
class Since:
    """What was made after the merge and hangs on the record that stayed."""

    place: Place
    label: str
    keys: list[int]

    @property
    def key(self) -> str:
        return self.place.name

    @property
    def count(self) -> int:
        return len(self.keys)


def survivor_of_merge(merge: Merge) -> Any:
    return registry.get(merge.object).model.plain.filter(pk=merge.survivor_id).first()


def contested(merge: Merge, viewer: Viewer | None = None) -> list[Contested]:
    """For a viewer of the fields that he may see."""
    record = survivor_of_merge(merge)
    fields = vocabulary.fields_of(merge.object)
    if viewer is not None:
        fields = vocabulary.fields_for(viewer, merge.object)
    found = []
    for key, (old, new) in merge.changes.items() if record is not None else ():
        if key in fields and fields[key].json(record) != new and fields[key].json(record) != old:
            kind = fields[key].type
            found.append(Contested(fields[key], kind.from_json(old), fields[key].get(record)))
    return found


def made_since(merge: Merge, viewer: Viewer | None = None) -> list[Since]:
    """By place; a question for each that people know by a name. For a viewer only what he sees."""
    found = []
    for place, label, born in _told(merge.object):
        rows = place.rows.filter(place.at(merge.object, [merge.survivor_id]), **{f"{born}__gt": merge.at})
        if viewer is not None and issubclass(place.model, Record) and registry.has(place.model.object_key):
            rows = rows.filter(pk__in=place.model.objects.visible_to(viewer).values("pk"))
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        if keys:
            found.append(Since(place, label, keys))
    return found


def _told(object_key: str) -> Iterable[tuple[Place, str, str]]:
    for place in places_of(object_key):
        names = {each.name for each in place.model._meta.local_concrete_fields}
        born = next((name for name in BORN if name in names), None)
        if way_of(place.name).moves and born and (label := label_of(place)):
            yield place, label, born
