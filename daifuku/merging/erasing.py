"""When a person is erased, so is what went into her record; what a merge kept of it goes, so it stays as it is."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from daifuku.merging.models import Merge, SameParty
from daifuku.records.absorbing import absorbed_by
from daifuku.records.actions.erasing import forget
from daifuku.records.catalogue import registry
from daifuku.records.models import Absorbed
from daifuku.staff.models import Person


def forget_merged(record: Any, by: Person) -> None:
    """In the transaction of the erasure."""
    kind = record.object_key
    inside = absorbed_by(kind, [record.pk])
    for key in inside:
        forget(registry.get(kind).model.plain.get(pk=key), by=by)
    touched = {record.pk, *inside}
    for merge in Merge.objects.all():
        if merge.object == kind and touched & {merge.survivor_id, *merge.source_keys}:
            merge.sources = [[key, uid, ""] for key, uid, _name in merge.sources]
            merge.changes, merge.images, merge.final = {}, [], True
            merge.save(update_fields=["sources", "changes", "images", "final"])
        elif merge.images and (left := _without(merge.images, kind, touched)) != merge.images:
            merge.images = left
            merge.save(update_fields=["images"])
    Absorbed.objects.filter(object=kind, into_id__in=touched).update(name="")
    own = Q(object=kind, first_id__in=touched) | Q(other_object=kind, second_id__in=touched)
    SameParty.objects.filter(own).delete()


def _without(images: list[Any], kind: str, keys: set[int]) -> list[Any]:
    """What another merge has kept of rows about these persons goes: her post, the pattern of her plans."""
    return [
        {**image, "rows": [row for row in image["rows"] if not _tells_of(row[1], kind, keys)]}
        for image in images
    ]


def _tells_of(kept: Any, kind: str, keys: set[int]) -> bool:
    if isinstance(kept, dict):
        return str(kept.get(f"{kind}_id") or kept.get(kind)) in {str(key) for key in keys}
    return any(isinstance(each, dict) and _tells_of(each, kind, keys) for each in kept)
