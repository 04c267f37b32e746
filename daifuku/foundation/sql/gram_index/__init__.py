"""Finds records by any part of their words, from one character on: pairs of neighbouring characters under an index.

SQLite keeps the pairs in an FTS5 table beside `records_searchrow`, PostgreSQL in an array column under a GIN index.
Both answer in about a millisecond at a million rows, where trigram indexes cannot find words of two characters at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from daifuku.foundation.sql.gram_index import postgresql
from daifuku.foundation.sql.gram_index.among import BACKENDS, Among
from daifuku.foundation.sql.gram_index.shape import Columns, Found, Match, Word

# Lists say "more than a thousand" and count no further.
COUNTED = 1001


def create(vendor: str) -> list[str]:
    """The statements that make the index, for a migration."""
    statements: list[str] = BACKENDS[vendor].CREATE
    return statements


def drop(vendor: str) -> list[str]:
    statements: list[str] = BACKENDS[vendor].DROP
    return statements


def insert(rows: Sequence[Columns]) -> None:
    """Adds rows with their pairs; those of a removed row go with it."""
    if rows:
        BACKENDS[connection.vendor].insert(rows)


def forget_step(*, first: bool) -> bool:
    """Takes a part of what was deleted out of the index for good; True as long as there is more to do."""
    return bool(BACKENDS[connection.vendor].forget_step(first))


def find(match: Match, objects: Sequence[str], *, after: int, passed: int, limit: int) -> list[Found]:
    """Rows that match, in an order of the index, behind the first `passed` ones, whose last has the key `after`."""
    with connection.cursor() as cursor:
        cursor.execute(*BACKENDS[connection.vendor].find(match, objects, after, passed, limit))
        return [Found(*row) for row in cursor.fetchall()]


def among(match: Match, object_key: str, rows: Any) -> Among:
    """A condition for `filter()` of these rows: those of this kind whose record matches."""
    seen = BACKENDS[connection.vendor].look(match, object_key)
    if isinstance(seen, postgresql.Seen) and not seen.whole:
        first = rows.filter(Among(match, object_key, seen.first))
        seen = seen._replace(shown=first.order_by()[:COUNTED].count())
    return Among(match, object_key, seen)


__all__ = [
    "Among", "Columns", "Found", "Match", "Word", "among", "create", "drop", "find", "forget_step", "insert",
]  # fmt: skip
