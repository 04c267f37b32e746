"""Django's SQLite, which looks through a question for the places of its values once and not every time.

The questions of an account's page are forty thousand letters: 0.65 ms of 16. A list reads 110 moments and 56 keys: made
the short way they cost half as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.backends.sqlite3 import base, operations


class Cursor(base.SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Sequence[str] | None = None) -> str:
        if param_names is None and len(query) < LONGEST:
            return _converted(query)
        converted: str = super().convert_query(query, param_names=param_names)
        return converted


# A question that names hundreds of keys is seldom asked twice.
LONGEST = 8_000


@lru_cache(1000)
def _converted(query: str) -> str:
    converted: str = base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    return converted


class DatabaseOperations(operations.DatabaseOperations):
    """Moments are kept in UTC, keys as 32 hexadecimal digits."""

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> datetime | None:
        if type(value) is datetime and value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        moment: datetime | None = super().convert_datetimefield_value(value, expression, connection)
        return moment

    def convert_uuidfield_value(self, value: Any, expression: Any, connection: Any) -> UUID | None:
        return None if value is None else UUID(int=int(value, 16))


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
