"""What somebody registered for a record in the very moment in which it was merged: it follows the others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.merging.models import Merge
from daifuku.merging.standing import survivor_of_merge
from daifuku.records import hanging
from daifuku.records.catalogue import registry

LOOKED_BACK = timedelta(days=2)


def wanted() -> bool:
    return bool(_lately().exists())


def gather() -> None:
    """Every few minutes; does nothing where nothing is left behind. What it moves goes back with the merge."""
    for key in _lately().values_list("pk", flat=True):
        with ledger.writing():
            _gather(Merge.objects.select_for_update().get(pk=key))


def _lately() -> Any:
    return Merge.objects.filter(undone_at__isnull=True, final=False, at__gte=moment() - LOOKED_BACK)


def _gather(merge: Merge) -> None:
    survivor = survivor_of_merge(merge)
    if merge.undone_at is not None or survivor is None or survivor.trashed_at is not None:
        return
    images = hanging.rehang(merge.object, merge.source_keys, merge.survivor_id)
    if not images:
        return
    sources = list(registry.get(merge.object).model.plain.filter(pk__in=merge.source_keys))
    hanging.settle([survivor, *sources], images, by=merge.by)
    hanging.retell(merge.object, merge.survivor_id)
    merge.images = [*merge.images, *images]
    merge.save(update_fields=["images"])
