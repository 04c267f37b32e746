"""How much hangs on some records, for whoever decides whether it shall move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from daifuku.records.catalogue import registry
from daifuku.records.hanging.places import Place, places_of
from daifuku.records.hanging.ways import way_of
from daifuku.records.models import Record
from daifuku.staff.viewer import Viewer


@dataclass
class Hung:
    """`each` is how many hang on each of the records, by its key."""

    label: str
    each: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.each.values())


def hung_on(object_key: str, keys: Sequence[int], viewer: Viewer | None = None) -> list[Hung]:
    """What people know by a name; a question for each place. For a viewer only what he sees: how much there is of what
    one may not see is not told either."""
    found: dict[str, Hung] = {}
    for place in places_of(object_key):
        way, label = way_of(place.name), label_of(place)
        if not way.moves or not label:
            continue
        rows = place.rows.filter(place.at(object_key, keys))
        if way.only is not None:
            rows = rows.filter(way.only)
        if issubclass(place.model, Record):
            rows = rows.filter(trashed_at__isnull=True)
            if viewer is not None and registry.has(place.model.object_key):
                rows = rows.filter(pk__in=place.model.objects.visible_to(viewer).values("pk"))
        for key in rows.order_by().values_list(place.attname, flat=True):
            counts = found.setdefault(label, Hung(label, {})).each
            counts[key] = counts.get(key, 0) + 1
    return list(found.values())


def label_of(place: Place) -> str:
    way = way_of(place.name)
    if way.label:
        return str(way.label)
    if issubclass(place.model, Record) and registry.has(place.model.object_key):
        return registry.get(place.model.object_key).names
    return ""
