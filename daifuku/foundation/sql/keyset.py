"""The rows after a given one: `("sort_key", "id") > ('アオバ', 17)`, which walks an index on those columns.

The longer spelling with OR reads all rows that share the first value.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Func


class RowsAfter(Func):
    """SQLite and PostgreSQL: `(a, b) > (%s, %s)`, with `<` for rows before."""

    output_field = BooleanField()

    def __init__(self, *columns: Any, values: Sequence[Any] = (), before: bool = False, **extra: Any) -> None:
        if len(columns) != len(values):
            raise ValueError("as many values as columns")
        self.values, self.before = tuple(values), before
        super().__init__(*columns, **extra)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        columns: list[str] = []
        parameters: list[Any] = []
        for expression in self.source_expressions:
            sql, inner = compiler.compile(expression)
            columns.append(sql)
            parameters += inner
        for expression, value in zip(self.source_expressions, self.values, strict=True):
            parameters.append(_parameter(expression, value, connection))
        marks = ", ".join(["%s"] * len(columns))
        sign = "<" if self.before else ">"
        return f"({', '.join(columns)}) {sign} ({marks})", parameters


def _parameter(expression: Any, value: Any, connection: Any) -> Any:
    """Floats and decimals go as they are: prepared for a decimal column, SQLite would compare them as text."""
    if isinstance(value, str | int | float):
        return value
    if connection.vendor == "postgresql" and not hasattr(value, "tzinfo"):
        return value
    return expression.output_field.get_db_prep_value(value, connection)
