"""Records as JSON for one person: his fields only, links with the names that he may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.actions.cleaning import unknown
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.presenting.links import LINKS, Links, address, key_of
from daifuku.staff.viewer import Viewer

RESERVED = ("uid", "version", "label", "url")


def chosen_fields(viewer: Viewer, object_type: ObjectType, wanted: str = "") -> dict[str, Field]:
    """The fields that the person sees, or of these the ones in `wanted` (names with commas). Raises Invalid."""
    fields = vocabulary.fields_for(viewer, object_type.key)
    if not wanted:
        return fields
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    problems = [_in("fields", unknown(name)) for name in names if name not in fields and name not in RESERVED]
    if problems:
        raise Invalid(problems)
    return {name: fields[name] for name in names if name in fields}


def _in(parameter: str, problem: FieldProblem) -> FieldProblem:
    return FieldProblem(parameter, problem.message, code=problem.code)


class Presenter:
    def __init__(self, viewer: Viewer, object_type: ObjectType, wanted: str = "") -> None:
        self.viewer, self.object_type = viewer, object_type
        self.fields = chosen_fields(viewer, object_type, wanted)
        self.links = Links(viewer)

    def one(self, record: Any) -> dict[str, Any]:
        return self.many([record])[0]

    def many(self, records: Sequence[Any]) -> list[dict[str, Any]]:
        linking = [field for field in self.fields.values() if isinstance(field.type, LINKS)]
        self.links.fetch((field, key_of(field, record)) for field in linking for record in records)
        return [self._json(record) for record in records]

    def _json(self, record: Any) -> dict[str, Any]:
        values = {
            key: self.links.json(field, key_of(field, record))
            if isinstance(field.type, LINKS)
            else field.json(record)
            for key, field in self.fields.items()
        }
        own = {
            "uid": str(record.uid),
            "version": record.version,
            "label": str(record),
            "url": address(record),
        }
        return {**own, **values, **own}
