"""Trees kept as rows that name their parent: everything above or below a row in one query, to any depth.

Both engines know `WITH RECURSIVE`. `UNION` instead of `UNION ALL` ends the walk even where rows form a ring.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection


def below(model: Any, parent: str, roots: Iterable[int]) -> list[tuple[int, int]]:
    """(root, row) for each root and every row below it, the root itself included.

    WITH RECURSIVE tree(root, id) AS (SELECT id, id FROM t WHERE id IN (...) UNION
    SELECT tree.root, t.id FROM t JOIN tree ON t.parent_id = tree.id) SELECT root, id FROM tree
    """
    keys = list(roots)
    if not keys:
        return []
    table, key, column = _names(model, parent)
    places = ", ".join(["%s"] * len(keys))
    query = (
        f"WITH RECURSIVE tree(root, id) AS (SELECT {key}, {key} FROM {table} WHERE {key} IN ({places}) UNION "  # noqa: S608 names come from the model
        f"SELECT tree.root, t.{key} FROM {table} t JOIN tree ON t.{column} = tree.id) SELECT root, id FROM tree"
    )
    return [(root, row) for root, row in _rows(query, keys)]


def above(model: Any, parent: str, row: int, most: int = 1000) -> list[int]:
    """The keys of the rows above this one, the nearest first; at most `most` steps, so that a ring ends too.

    WITH RECURSIVE tree(id, step) AS (SELECT parent_id, 1 FROM t WHERE id = ... UNION
    SELECT t.parent_id, tree.step + 1 FROM t JOIN tree ON t.id = tree.id WHERE tree.step < ...) SELECT id FROM tree
    """
    table, key, column = _names(model, parent)
    query = (
        f"WITH RECURSIVE tree(id, step) AS (SELECT {column}, 1 FROM {table} WHERE {key} = %s UNION "  # noqa: S608 as above
        f"SELECT t.{column}, tree.step + 1 FROM {table} t JOIN tree ON t.{key} = tree.id WHERE tree.step < %s) "
        "SELECT id FROM tree WHERE id IS NOT NULL ORDER BY step"
    )
    return [found for (found,) in _rows(query, [row, most])]


def one_at_a_time(name: str) -> None:
    """Inside a transaction: whoever calls it with the same name waits until this transaction ends.

    PostgreSQL: `pg_advisory_xact_lock(hashtext(name))`. SQLite has one writer at a time already.
    """
    if connection.vendor == "postgresql":
        _rows("SELECT pg_advisory_xact_lock(hashtext(%s)) IS NULL", [name])


def _names(model: Any, parent: str) -> tuple[str, str, str]:
    quote = connection.ops.quote_name
    columns = (model._meta.pk.column, model._meta.get_field(parent).column)
    return quote(model._meta.db_table), quote(columns[0]), quote(columns[1])


def _rows(query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())
