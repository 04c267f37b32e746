"""What was moved to another record comes back, unless somebody has changed it since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from daifuku.foundation.portions import portions
from daifuku.records.hanging.moving import once, update
from daifuku.records.hanging.ways import Image

CUSTOM = "custom."


@dataclass(frozen=True)
class Kept:
    """A row that stays as somebody has made it since."""

    model: str
    key: int


def put_back(images: Iterable[Image]) -> list[Kept]:
    """Puts back what `rehang` returned, the last first; returns what stays. Call inside `ledger.writing()`."""
    kept: list[Kept] = []
    for image in reversed(list(images)):
        model = apps.get_model(image["model"])
        if image.get("gone"):
            kept += _bring_back(model, image["rows"])
        else:
            kept += _turn_back(model, image["columns"], image["rows"])
    return kept


def _turn_back(model: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Kept]:
    if any(name.startswith(CUSTOM) for name in columns):
        return _turn_back_custom(model, columns[0].removeprefix(CUSTOM), rows)
    now: dict[int, list[Any]] = {}
    for part in portions([row[0] for row in rows]):
        found = model._base_manager.filter(pk__in=part).values_list("pk", *columns)
        now |= {pk: list(values) for pk, *values in found}
    alike: dict[str, list[int]] = {}
    for pk, old, new in rows:
        if now.get(pk) == new:
            alike.setdefault(json.dumps(old), []).append(pk)
    for old, keys in alike.items():
        update(model, keys, dict(zip(columns, json.loads(old), strict=True)))
    return [Kept(model._meta.label, pk) for pk, _old, new in rows if now.get(pk) != new]


def _turn_back_custom(model: Any, key: str, rows: Sequence[Sequence[Any]]) -> list[Kept]:
    kept = []
    for pk, old, new in rows:
        row = model._base_manager.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
        if row is None or _id_of(row.custom.get(key)) != _id_of(new[0]):
            kept.append(Kept(model._meta.label, pk))
            continue
        model._base_manager.filter(pk=pk).update(custom={**row.custom, key: old[0]}, version=row.version + 1)
    return kept


def _id_of(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else value


def _bring_back(model: Any, rows: Sequence[Sequence[Any]]) -> list[Kept]:
    """Rows that were taken away: not those whose place is taken, or whose other end is not there any more."""
    kept = []
    columns = {each.attname: each for each in model._meta.local_concrete_fields}
    for pk, values in rows:
        known = {name: columns[name].to_python(value) for name, value in values.items() if name in columns}
        row = model(**known)
        if _is_taken(model, row) or not _ends_are_there(row):
            kept.append(Kept(model._meta.label, pk))
        else:
            model._base_manager.bulk_create([row])
    return kept


def _is_taken(model: Any, row: Any) -> bool:
    rows = model._base_manager
    if rows.filter(pk=row.pk).exists():
        return True
    for names, condition in once(model):
        values = {name: getattr(row, model._meta.get_field(name).attname) for name in names}
        if None not in values.values() and rows.filter(condition, **values).exists():
            return True
    return False


def _ends_are_there(row: Any) -> bool:
    ends = [each for each in row._meta.local_concrete_fields if each.is_relation]
    return all(
        each.related_model._base_manager.filter(pk=key).exists()
        for each in ends
        if (key := getattr(row, each.attname)) is not None
    )
