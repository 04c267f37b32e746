"""One sort order on both engines: by code point."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, TextField


class Binary(Func):
    """PostgreSQL: `expression COLLATE "C"`; SQLite: the expression itself, which compares bytes already."""

    output_field = TextField()
    arity = 1

    def as_sql(self, compiler: Any, connection: Any, *arguments: Any, **extra: Any) -> Any:
        inner, parameters = compiler.compile(self.source_expressions[0])
        if connection.vendor == "postgresql":
            return f'({inner} COLLATE "C")', parameters
        return inner, parameters


class Sorted(Func):
    """An order for somebody who reads all rows: never walked along an index, which would fetch row after row from all
    over the table and pass by the index of the condition. SQLite: `+expression`; PostgreSQL weighs that up itself.
    """

    arity = 1

    def as_sql(self, compiler: Any, connection: Any, *arguments: Any, **extra: Any) -> Any:
        inner, parameters = compiler.compile(self.source_expressions[0])
        return f"+{inner}" if connection.vendor == "sqlite" else inner, parameters
