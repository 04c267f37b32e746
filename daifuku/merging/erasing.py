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
    for merge in Merge.objects.filter(object=kind):
        if touched & {merge.survivor_id, *merge.source_keys}:
            merge.sources = [[key, uid, ""] for key, uid, _name in merge.sources]
            merge.changes, merge.images, merge.final = {}, [], True
            merge.save(update_fields=["sources", "changes", "images", "final"])
    Absorbed.objects.filter(object=kind, into_id__in=touched).update(name="")
    own = Q(object=kind, first_id__in=touched) | Q(other_object=kind, second_id__in=touched)
    SameParty.objects.filter(own).delete()
