"""What follows from a record's values and is kept beside it in the same transaction: search row and duplicate keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from daifuku.foundation.sql.inserting import insert_rows
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import DuplicateKey
from daifuku.records.search import index


def keep(object_type: ObjectType, records: Sequence[Any], *, new: bool = False) -> None:
    """Writes the derived rows of these records anew; with `new` there are no old ones to remove."""
    _keep_duplicate_keys(object_type, records, new=new)
    index.put(object_type, records, new=new)


def _keep_duplicate_keys(object_type: ObjectType, records: Sequence[Any], *, new: bool) -> None:
    if not new:
        DuplicateKey.objects.filter(object=object_type.key, record_id__in=[r.pk for r in records]).delete()
    insert_rows(
        DuplicateKey,
        ["object", "record_id", "kind", "key"],
        [
            (object_type.key, record.pk, kind, key[:120])
            for record in records
            if record.trashed_at is None
            for kind, key in object_type.keys(record)
            if key
        ],
    )
