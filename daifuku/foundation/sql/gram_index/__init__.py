"""Finds records by any part of their words, from one character on: pairs of neighbouring characters under an index.

SQLite keeps the pairs in an FTS5 table beside `records_searchrow`, PostgreSQL in an array column under a GIN index.
Both answer in about a millisecond at a million rows, where trigram indexes cannot find words of two characters at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from daifuku.foundation.sql.gram_index.among import BACKENDS, Among
from daifuku.foundation.sql.gram_index.shape import Columns, Found, Match, Word


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


def find(match: Match, objects: Sequence[str], *, after: int, limit: int) -> list[Found]:
    """Rows that match, in the order of their key, from the one behind `after` on."""
    with connection.cursor() as cursor:
        cursor.execute(*BACKENDS[connection.vendor].find(match, objects, after, limit))
        return [Found(*row) for row in cursor.fetchall()]


def among(match: Match, object_key: str) -> Among:
    """A condition for `filter()`: the rows of this kind whose record matches."""
    return Among(match, object_key, BACKENDS[connection.vendor].look(match, object_key))


__all__ = [
    "Among", "Columns", "Found", "Match", "Word", "among", "create", "drop", "find", "forget_step", "insert",
]  # fmt: skip
