"""What the rows of a page link to, fetched with them: as many queries for one row as for five hundred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from daifuku.foundation.sql.prepared import PreparedByKeys
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import PersonLink, RecordLink, TeamLink
from daifuku.staff.models import Person

PEOPLE = PreparedByKeys(Person.objects)
LINKS = (PersonLink, TeamLink, RecordLink)


def joined(columns: Sequence[Field]) -> list[str]:
    """Links with a column of their own are joined; people are not, because few stand in many rows."""
    links = (TeamLink, RecordLink)
    return [field.attribute for field in columns if isinstance(field.type, links) and not field.custom]


def fetch_linked(rows: Sequence[Any], columns: Sequence[Field]) -> None:
    """People, and the links in custom fields, are fetched in one query for each target and laid beside the rows."""
    _fetch_people(rows, [f.attribute for f in columns if isinstance(f.type, PersonLink) and not f.custom])
    custom = [field for field in columns if isinstance(field.type, LINKS) and field.custom]
    wanted: dict[Any, set[int]] = {}
    for field in custom:
        kept = (row.custom.get(field.key) for row in rows)
        wanted.setdefault(_model(field), set()).update(value["id"] for value in kept if value)
    found = {model: model.in_bulk(keys) if keys else {} for model, keys in wanted.items()}
    for row in rows:
        row.linked = {
            field.key: found[_model(field)].get(value["id"]) if (value := row.custom.get(field.key)) else None
            for field in custom
        }


def _fetch_people(rows: Sequence[Any], attributes: Sequence[str]) -> None:
    wanted = {getattr(row, f"{attribute}_id") for row in rows for attribute in attributes} - {None}
    people = {person.pk: person for person in PEOPLE(wanted)}
    for row in rows:
        for attribute in attributes:
            setattr(row, attribute, people.get(getattr(row, f"{attribute}_id")))


def _model(field: Field) -> Any:
    if isinstance(field.type, RecordLink):
        return registry.get(field.type.target).model.plain
    return Person.objects
