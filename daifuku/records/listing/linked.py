"""What the rows of a page link to, fetched with them: as many queries for one row as for five hundred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from daifuku.foundation.sql.prepared import ask_ahead, by_keys
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import PersonLink, RecordLink, TeamLink
from daifuku.staff.models import Person, Team

LINKS = (PersonLink, TeamLink, RecordLink)


def fetch_linked(rows: Sequence[Any], columns: Sequence[Field]) -> None:
    """People, teams and records are fetched in one query for each kind and laid beside the rows."""
    links = [field for field in columns if isinstance(field.type, LINKS)]
    wanted: dict[Any, set[int]] = {}
    for field in links:
        wanted.setdefault(_target(field), set()).update(key for row in rows if (key := _key(field, row)))
    ask_ahead(lambda: [by_keys(target).told(keys) for target, keys in wanted.items()])
    found = {target: {each.pk: each for each in by_keys(target)(keys)} for target, keys in wanted.items()}
    for field in links:
        if not field.custom:
            _lay(field, rows, found[_target(field)])
    custom = [field for field in links if field.custom]
    for row in rows:
        row.linked = {field.key: found[_target(field)].get(_key(field, row) or 0) for field in custom}


def _lay(field: Field, rows: Sequence[Any], found: dict[int, Any]) -> None:
    if not rows:
        return
    link = rows[0]._meta.get_field(field.attribute)
    for row in rows:
        link.set_cached_value(row, found.get(_key(field, row) or 0))


def _key(field: Field, row: Any) -> int | None:
    if field.custom:
        kept = row.custom.get(field.key)
        return kept["id"] if kept else None
    key: int | None = getattr(row, f"{field.attribute}_id")
    return key


def _target(field: Field) -> Any:
    if isinstance(field.type, RecordLink):
        return registry.get(field.type.target).model
    return Team if isinstance(field.type, TeamLink) else Person
