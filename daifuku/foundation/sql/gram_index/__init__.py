"""Finds records by any part of their words, from one character on: pairs of neighbouring characters under an index.

SQLite keeps the pairs in an FTS5 table beside `records_searchrow`, PostgreSQL in an array column under a GIN index.
Both answer in about a millisecond at a million rows, where trigram indexes cannot find words of two characters at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from daifuku.foundation.sql.gram_index import postgresql, sqlite
from daifuku.foundation.sql.gram_index.shape import Columns, Found, Match, Word

BACKENDS: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


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
    backend = BACKENDS[connection.vendor]
    sql, parameters = backend.select(match, objects)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{sql} AND {backend.KEY} > %s ORDER BY {backend.KEY} LIMIT %s", [*parameters, after, limit]
        )
        return [Found(*row) for row in cursor.fetchall()]


def keys(match: Match, object_key: str) -> tuple[str, list[Any]]:
    """A query for the record keys that match, to be put into `IN`."""
    sql, parameters = BACKENDS[connection.vendor].select(match, [object_key], columns="r.record_id")
    return sql, parameters


def is_common(match: Match) -> bool:
    """Whether so many rows match that asking each row by itself is quicker than fetching them all."""
    return bool(BACKENDS[connection.vendor].is_common(match))


__all__ = [
    "Columns", "Found", "Match", "Word", "create", "drop", "find", "forget_step", "insert", "is_common", "keys",
]  # fmt: skip
