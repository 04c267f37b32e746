"""Django's SQLite, which looks through a question for the places of its values once and not every time.

The questions of an account's page are forty thousand letters: 0.65 ms of 16.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base


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


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
