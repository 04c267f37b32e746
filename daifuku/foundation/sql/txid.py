"""A reading cursor without gaps.

On PostgreSQL a row with a smaller key can be committed after one with a larger key, so a reader that remembers the
largest key it saw would skip it. Each ledger line therefore carries its transaction's number, and readers take only
lines below the oldest transaction that still runs. SQLite has one writer at a time: the order of keys is the order of
commits, the number is 0.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Func

from daifuku.foundation.sql.prepared import Said

# The question for it, for `ask_ahead`.
CURRENT: Said = ("SELECT pg_current_xact_id()::text::bigint", ())


class TransactionId(Func):
    """PostgreSQL: `pg_current_xact_id()::text::bigint`; SQLite: `0`."""

    output_field = BigIntegerField()
    arity = 0

    def as_sql(self, compiler: Any, connection: Any, *arguments: Any, **extra: Any) -> Any:
        if connection.vendor == "postgresql":
            return "pg_current_xact_id()::text::bigint", []
        return "0", []


def current_transaction() -> int:
    """The number itself, for rows that are written without Django's help."""
    here: Any = connection
    return int(here.ask_kept(*CURRENT)[0][0]) if connection.vendor == "postgresql" else 0


def all_committed_below() -> int | None:
    """The transaction number below which everything is committed or gone; None where there is no such number."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])
