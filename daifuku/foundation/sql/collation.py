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
