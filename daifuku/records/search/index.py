"""Keeps the search rows of records in the transaction that changes them, so that search never lags behind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import prefetch_related_objects

from daifuku.foundation.portions import pieces
from daifuku.foundation.sql import gram_index
from daifuku.foundation.sql.prepared import PreparedByKeys, Told
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import Absorbed, SearchRow
from daifuku.records.search.words import columns_of

PORTION = 500


def put(object_type: ObjectType, records: Sequence[Any], *, new: bool = False) -> None:
    """Writes the rows of these records; what lies in the trash has none. With `new` there are no old ones."""
    if object_type.related:
        prefetch_related_objects(list(records), *object_type.related)
    former: dict[int, list[str]] = {}
    for key, name in () if new else _former_names(object_type.key)([record.pk for record in records]):
        former.setdefault(key, []).append(name)
    present = [record for record in records if record.trashed_at is None]
    rows = [columns_of(object_type, record, sorted(former.get(record.pk, ()))) for record in present]
    if new:
        gram_index.insert(rows)
        return
    old = {row.record_id: row for row in _kept_rows(object_type.key)(record.pk for record in records)}
    changed = [row for row in rows if row.record_id not in old or _differs(old[row.record_id], row)]
    gone = {record.pk for record in records if record.trashed_at is not None}
    if rewritten := [*gone, *(row.record_id for row in changed)]:
        _delete(object_type.key, rewritten)
    gram_index.insert(changed)
    renamed = [r.record_id for r in changed if r.record_id in old and old[r.record_id].name != r.name]
    if renamed:
        _put_dependents(object_type, renamed)


def question(object_type: ObjectType, keys: Sequence[int]) -> Told:
    """What `put` asks of records that are not new."""
    return _kept_rows(object_type.key).told(keys)


@cache
def _kept_rows(object_key: str) -> PreparedByKeys:
    return PreparedByKeys(SearchRow.objects.filter(object=object_key), by="record_id")


@cache
def _former_names(object_key: str) -> PreparedByKeys:
    rows = Absorbed.objects.filter(object=object_key).exclude(name="").values_list("into_id", "name")
    return PreparedByKeys(rows, by="into_id")


def _delete(object_key: str, keys: Sequence[int]) -> None:
    SearchRow.objects.filter(object=object_key, record_id__in=keys).delete()


def _differs(old: SearchRow, new: gram_index.Columns) -> bool:
    return (old.name, old.reading, old.romaji, old.others) != new[2:]


def _put_dependents(object_type: ObjectType, keys: Sequence[int]) -> None:
    """A person is found by the company's name as well: when it changes, so do the rows of its people."""
    for other in registry.every():
        for link in other.related:
            if other.model._meta.get_field(link).related_model is not object_type.model:
                continue
            # Held, so that whoever saves one of them meanwhile does not write the same row.
            rows = other.model.plain.select_for_update(of=("self",), no_key=True).order_by("pk")
            _put_all(other, rows.filter(**{f"{link}__in": keys}, trashed_at__isnull=True))


def _put_all(object_type: ObjectType, rows: Any) -> None:
    for portion in pieces(rows, PORTION):
        put(object_type, portion)
