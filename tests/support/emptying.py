"""After a test with transactions of its own the tables are emptied: those with rows in them, of two hundred a dozen.

PostgreSQL takes half a second to TRUNCATE them all, because each one and each of its indexes becomes a new file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest


@pytest.fixture(autouse=True, scope="session")
def _empty_quickly() -> None:
    from django.core.management.commands import flush
    from django.core.management.sql import sql_flush

    # Django makes the permissions of all models anew, which nobody here uses.
    flush.emit_post_migrate_signal = lambda *arguments, **options: None  # type: ignore[attr-defined]

    def empty(
        style: Any, connection: Any, reset_sequences: bool = True, allow_cascade: bool = False
    ) -> list[str]:
        if reset_sequences or allow_cascade or not _may(connection):
            return sql_flush(style, connection, reset_sequences, allow_cascade)
        return _emptying(connection)

    flush.sql_flush = empty  # type: ignore[attr-defined]


def _may(connection: Any) -> bool:
    """Not on somebody else's PostgreSQL, where one may not be its master."""
    from tests.support import postgresql

    return connection.vendor == "sqlite" or postgresql.running is not None


def _emptying(connection: Any) -> list[str]:
    quote = connection.ops.quote_name
    full = _full(
        connection, connection.introspection.django_table_names(only_existing=True, include_views=False)
    )
    # All that refer to one another are emptied together, so no row needs to be asked whether another refers to it.
    before = ["SET LOCAL session_replication_role = replica"] if connection.vendor == "postgresql" else []
    return [*before, *(f"DELETE FROM {quote(name)}" for name in full)]


def _full(connection: Any, tables: Sequence[str]) -> list[str]:
    quote = connection.ops.quote_name
    asked = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quote(name)})" for name in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]
