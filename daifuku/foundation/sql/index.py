"""Indexes on expressions, made while people work.

PostgreSQL: `create index concurrently "name" on "table" ((expression), "column")`, which lets writers go on, then
`analyze "table"`. SQLite: `create index "name" on "table" (expression, "column")`, for which writers wait, then
`analyze "name"`. Without that the engine would not know until night how common a value is, and choose badly.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.sql import Query

from daifuku.foundation.sql.time_limit import unlimited
from daifuku.foundation.sql.transaction import write_transaction


def expression_sql(model: type[Model], expression: Any) -> str:
    """The expression as it stands in an index: the same words as in a query, without the table's name."""
    query = Query(model, alias_cols=False)
    compiler = query.get_compiler(using=connection.alias)
    text, parameters = compiler.compile(expression.resolve_expression(query))
    if parameters:
        raise ValueError("an index takes no parameters")
    return str(text)


def create_index(name: str, model: type[Model], expression: Any, then: Sequence[str] = ()) -> None:
    """Makes the index anew, `then` being columns behind the expression; on PostgreSQL outside a transaction, so that
    nobody waits."""
    drop_index(name)
    table, text = _quoted(model._meta.db_table), expression_sql(model, expression)
    rest = "".join(f", {_quoted(each)}" for each in then)
    if connection.vendor == "postgresql":
        how = "" if connection.in_atomic_block else "concurrently "
        with unlimited():
            _execute(f"create index {how}{_quoted(name)} on {table} (({text}){rest})")
            _execute(f"analyze {table}")
        return
    with write_transaction():
        _execute(f"create index {_quoted(name)} on {table} ({text}{rest})")
        _execute(f"analyze {_quoted(name)}")


def drop_index(name: str) -> None:
    """An index that PostgreSQL could not finish stays behind as invalid, so it is dropped before a second try."""
    if connection.vendor == "postgresql":
        how = "" if connection.in_atomic_block else "concurrently "
        _execute(f"drop index {how}if exists {_quoted(name)}")
        return
    with write_transaction():
        _execute(f"drop index if exists {_quoted(name)}")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, None)
