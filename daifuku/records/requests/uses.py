"""What is built on a field: kept views of lists, and what is worked out from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import RecordLink
from daifuku.records.models import View

Place = tuple[str, str]


def in_views() -> Counter[Place]:
    """How many kept views, of whomever, name each field: as a column, in a condition, as order, group, sum, chart."""
    counted: Counter[Place] = Counter()
    kept = View.objects.filter(trashed_at__isnull=True)
    for object_key, columns, condition, sort, look in kept.values_list(
        "object", "columns", "condition", "sort", "look"
    ):
        named = {*_columns(columns), *_condition(condition), sort.removeprefix("-"), *_look(look)}
        counted.update({place for path in named for place in _places(object_key, path)})
    return counted


def in_computed(object_key: str, key: str) -> list[str]:
    """The names of the formulas and roll-ups that need the field."""
    return [each.field.name for each in vocabulary.plan().telling_of(object_key, key)]


def _columns(columns: Any) -> Iterator[str]:
    for each in columns if isinstance(columns, list) else []:
        yield str(each.get("field", "") if isinstance(each, dict) else each)


def _condition(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("field"), str):
            yield part["field"]
        for inner in (*_listed(part.get("all")), *_listed(part.get("any"))):
            yield from _condition(inner)


def _look(look: Any) -> Iterator[str]:
    if not isinstance(look, dict):
        return
    for name in ("by", "sum", "group", "x", "stack"):
        yield str(look.get(name, ""))
    yield str(look.get("value", "")).partition(":")[2]
    for each in str(look.get("totals", "")).split(","):
        yield each.partition(":")[0]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _places(object_key: str, path: str) -> Iterator[Place]:
    """A field of the records themselves, and the one behind a link."""
    first, dot, second = path.partition(".")
    field = vocabulary.fields_of(object_key).get(first)
    if field is None:
        return
    yield object_key, first
    if dot and isinstance(field.type, RecordLink):
        yield field.type.target, second
