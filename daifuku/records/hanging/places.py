"""Where the keys of records stand: read from the models, so that a new one cannot be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Q

from daifuku.records.catalogue import registry

# A row that may hang on records of any kind names the kind in the first column and the record in the second.
PAIRS = (("object", "record_id"), ("subject_object", "subject_id"))


@dataclass(frozen=True)
class Place:
    """A column that leads to records; `kind_column` names the one with their kind, where that is any."""

    model: Any
    column: str
    kind_column: str = ""

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.column}"

    @property
    def attname(self) -> str:
        return str(self.model._meta.get_field(self.column).attname)

    @property
    def rows(self) -> Any:
        """All rows, past the read door: whoever moves them has asked for the record that they hang on."""
        return self.model._base_manager.all()

    def at(self, object_key: str, keys: Iterable[int]) -> Q:
        """The condition for the rows that hang on these records."""
        found = Q(**{f"{self.attname}__in": list(keys)})
        return found & Q(**{self.kind_column: object_key}) if self.kind_column else found


def places_of(object_key: str) -> list[Place]:
    """All columns that may lead to a record of this kind."""
    return [*_links_to(registry.get(object_key).model), *pairs()]


@cache
def _links_to(target: Any) -> tuple[Place, ...]:
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if field.is_relation and field.related_model is target and not field.primary_key:
                found.append(Place(model, field.name))
    return tuple(sorted(found, key=lambda place: place.name))


@cache
def pairs() -> tuple[Place, ...]:
    found = []
    for model in apps.get_models(include_auto_created=True):
        names = {field.name for field in model._meta.local_concrete_fields}
        found += [Place(model, key, kind) for kind, key in PAIRS if {kind, key} <= names]
    return tuple(sorted(found, key=lambda place: place.name))
