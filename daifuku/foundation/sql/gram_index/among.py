"""Narrows a list to what matches, in whichever of two ways is quicker for the question that is asked."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, F, Model, Q
from django.db.models.expressions import Expression

from daifuku.foundation.sql.gram_index import postgresql, sqlite
from daifuku.foundation.sql.gram_index.shape import Match

BACKENDS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
PRESENT = Q(trashed_at__isnull=True)


class Among(Expression):
    """True for rows whose record matches. Few matches are fetched and sorted; with many of them a list that has an
    index for its order is walked, and each row is asked whether it is among them.
    """

    conditional = True
    output_field = BooleanField()

    def __init__(self, match: Match, object_key: str, seen: Any) -> None:
        super().__init__()
        self.key: Any = F("pk")
        self.asked = (match, object_key, seen)

    def get_source_expressions(self) -> list[Any]:
        return [self.key]

    def set_source_expressions(self, expressions: Any) -> None:
        (self.key,) = expressions

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        backend, query = BACKENDS[connection.vendor], compiler.query
        key, _none = compiler.compile(self.key)
        if query.high_mark is not None and not query.order_by:
            sql, parameters = backend.some(key, *self.asked, query.high_mark)
        elif query.high_mark is not None and _has_index(query.model, query.order_by[0]):
            sql, parameters = backend.walked(key, *self.asked)
        else:
            sql, parameters = backend.fetched(key, *self.asked)
        return sql, parameters


def _has_index(model: type[Model], order: Any) -> bool:
    """Whether rows can be walked in this order; what lies in the trash is in none of these indexes."""
    return any(index.condition == PRESENT and _first(index) == _names(order) for index in model._meta.indexes)


def _first(index: Any) -> set[str]:
    return {index.fields_orders[0][0]} if index.fields else _names(index.expressions[0])


def _names(expression: Any) -> set[str]:
    if isinstance(expression, F):
        return {str(expression.name)}  # type: ignore[attr-defined]
    if isinstance(expression, str):
        return {expression.removeprefix("-")}
    return set().union(*(_names(inner) for inner in expression.get_source_expressions()))
