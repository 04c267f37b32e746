"""After rows were moved: what follows from where they hang is reckoned anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from daifuku.foundation.portions import portions
from daifuku.jobs import queue
from daifuku.records import derived
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.formulas.spreading import AT_ONCE, recompute, spread
from daifuku.records.hanging.ways import Image, afterwards
from daifuku.records.models import Record
from daifuku.staff.models import Person

# As if the customer had come into other hands: what hangs on him becomes as open as he is, sums are reckoned anew.
HANDS = frozenset({"owner", "team", "privacy"})


def settle(records: Sequence[Any], images: Iterable[Image], *, by: Person) -> None:
    """`records` are those that have lost or won something, as they stand now. Inside the verb's transaction."""
    moved = _moved(images)
    for model, keys in moved.items():
        _words(model, sorted(keys))
    by_kind: dict[str, list[Any]] = {}
    for record in records:
        by_kind.setdefault(record.object_key, []).append(record)
    for object_key, rows in by_kind.items():
        object_type = registry.get(object_key)
        object_type.follow([(row, HANDS) for row in rows if row.trashed_at is None], by)
        derived.keep(object_type, rows)
        if _computes(object_key):
            recompute(object_key, [row.pk for row in rows])
        spread(object_type, [(row, None) for row in rows])
        for reckon in afterwards():
            reckon(object_key, [row.pk for row in rows])
    for model, keys in moved.items():
        _compute(model, sorted(keys))


def _moved(images: Iterable[Image]) -> dict[Any, set[int]]:
    """Records that hang elsewhere now, by their model."""
    found: dict[Any, set[int]] = {}
    for image in images:
        model = apps.get_model(image["model"])
        if issubclass(model, Record) and not image.get("gone"):
            found.setdefault(model, set()).update(row[0] for row in image["rows"])
    return found


def _words(model: Any, keys: list[int]) -> None:
    """They are found by the name of the customer they belong to, where their kind is."""
    object_type = registry.get(model.object_key)
    links = [each.name for each in model._meta.local_concrete_fields if each.name in object_type.related]
    for part in portions(keys):
        rows = list(model.plain.filter(pk__in=part).select_related(*links).order_by("pk"))
        derived.keep(object_type, rows)


def _computes(object_key: str) -> bool:
    return bool(vocabulary.plan().of(object_key))


def _compute(model: Any, keys: list[int]) -> None:
    """Formulas that read the customer; many of them in a job."""
    key = model.object_key
    if not keys or not _computes(key):
        return
    if len(keys) <= AT_ONCE:
        recompute(key, keys)
        return
    title = _("計算のやり直し: %(object)s") % {"object": registry.get(key).name}
    for part in portions(keys):
        queue.enqueue(
            "records.compute", {"object": key, "links": [], "keys": list(part)}, by=None, title=title
        )
