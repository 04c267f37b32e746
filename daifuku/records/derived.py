"""What follows from a record's values and is kept beside it in the same transaction: search row and duplicate keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from daifuku.foundation.sql.inserting import insert_rows
from daifuku.foundation.sql.prepared import PreparedByKeys, Told, ask_ahead
from daifuku.foundation.sql.txid import CURRENT
from daifuku.records import following
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import DuplicateKey
from daifuku.records.search import index


def keep(object_type: ObjectType, records: Sequence[Any], *, new: bool = False) -> None:
    """Writes the derived rows of these records anew; with `new` there are no old ones to remove."""
    gathered = following.waiting()
    if not new and gathered is None:
        ask_ahead(lambda: _questions(object_type, [record.pk for record in records]))
    keep_keys(object_type, records, new=new)
    if gathered is not None:
        gathered.find(object_type, records, new)
    else:
        index.put(object_type, records, new=new)


def _questions(object_type: ObjectType, keys: Sequence[int]) -> list[Told]:
    """What the rows are, and the number that the line in the ledger will carry."""
    return [_kept_keys(object_type.key).told(keys), index.question(object_type, keys), CURRENT]


def keep_keys(object_type: ObjectType, records: Sequence[Any], *, new: bool = False) -> None:
    """Those by which doubles are found. Most changes leave them as they are: then nothing is written."""
    wanted = {record.pk: _duplicate_keys(object_type, record) for record in records}
    if not new:
        kept: dict[int, set[tuple[str, str]]] = {key: set() for key in wanted}
        for record_id, kind, key in _kept_keys(object_type.key)(wanted):
            kept[record_id].add((kind, key))
        wanted = {record: keys for record, keys in wanted.items() if keys != kept[record]}
        gone = [record for record in wanted if kept[record]]
        if gone:
            DuplicateKey.objects.filter(object=object_type.key, record_id__in=gone).delete()
    insert_rows(
        DuplicateKey,
        ["object", "record_id", "kind", "key"],
        [(object_type.key, record, *pair) for record, keys in wanted.items() for pair in sorted(keys)],
    )


def _duplicate_keys(object_type: ObjectType, record: Any) -> set[tuple[str, str]]:
    if record.trashed_at is not None:
        return set()
    return {(kind, key[:120]) for kind, key in object_type.keys(record) if key}


@cache
def _kept_keys(object_key: str) -> PreparedByKeys:
    rows = DuplicateKey.objects.filter(object=object_key).values_list("record_id", "kind", "key")
    return PreparedByKeys(rows, by="record_id")
