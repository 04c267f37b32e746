"""Writes changed records back: only columns that differ, and records with the same new values in one statement.

One CASE over forty columns and a hundred records, as Django's bulk_update writes it, took 13 ms a record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F

from daifuku.ledger.channel import moment
from daifuku.records.actions.editing import stamp

PORTION = 500
Before = dict[str, Any]


def before(record: Any) -> Before:
    """The record's columns as they are now; call it before anything is changed."""
    values = dict(record.__dict__)
    values["custom"] = dict(record.custom)
    return values


def write_back(model: Any, changed: Iterable[tuple[Any, Before]]) -> None:
    """Raises the version of each record and saves what differs from before. Call inside `writing()`."""
    now = moment()
    groups: dict[Any, tuple[Before, list[int]]] = {}
    columns = [field.attname for field in model._meta.concrete_fields]
    seen: set[int] = set()
    for record, old in changed:
        if record.pk in seen:
            continue
        seen.add(record.pk)
        stamp(record)
        record.updated_at = now
        values = {
            name: record.__dict__[name]
            for name in columns
            if name not in {"version", "updated_at"} and record.__dict__[name] != old[name]
        }
        groups.setdefault(_key(record, values), (values, []))[1].append(record.pk)
    for values, keys in groups.values():
        for start in range(0, len(keys), PORTION):
            rows = model.plain.filter(pk__in=keys[start : start + PORTION])
            rows.update(**values, version=F("version") + 1, updated_at=now)


def _key(record: Any, values: Before) -> Any:
    """Equal for records that get equal values; JSON cannot be compared so and makes a group of its own."""
    key = tuple(values.items())
    try:
        hash(key)
    except TypeError:
        return record.pk
    return key
