"""A limit for one question to the database: sums over a million rows are given up before anybody has to wait long.

PostgreSQL: `set local statement_timeout = 400` in a transaction of its own. SQLite has no such setting: a handler that
it calls every few thousand steps says stop.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

STEPS = 5000


class TookTooLong(Exception):
    """The database was not done in time."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Questions inside may take so long together (PostgreSQL: each). Raises TookTooLong."""
    inside = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    with inside(seconds):
        yield


@contextmanager
def unlimited() -> Iterator[None]:
    """What is done to a whole table, an index or a migration, takes as long as it takes (PostgreSQL gives up else)."""
    if connection.vendor != "postgresql":
        yield
        return
    before = _limit("0")
    try:
        yield
    finally:
        # A transaction that failed takes the change back itself.
        if not (connection.in_atomic_block and sys.exc_info()[0]):
            _limit(before)


def _limit(milliseconds: str) -> str:
    """Sets it for this connection; returns what it was."""
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('statement_timeout')")
        before = str(cursor.fetchone()[0])
        cursor.execute("select set_config('statement_timeout', %s, false)", [milliseconds])
    return before


@contextmanager
def _on_sqlite(seconds: float) -> Iterator[None]:
    connection.ensure_connection()
    end = time.monotonic() + seconds
    late = False

    def stop() -> int:
        nonlocal late
        late = time.monotonic() > end
        return int(late)

    connection.connection.set_progress_handler(stop, STEPS)
    try:
        yield
    except OperationalError as error:
        if late:
            raise TookTooLong from error
        raise
    finally:
        connection.connection.set_progress_handler(None, STEPS)


@contextmanager
def _on_postgresql(seconds: float) -> Iterator[None]:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("select current_setting('statement_timeout')")
                (before,) = cursor.fetchone()
                cursor.execute("select set_config('statement_timeout', %s, true)", [str(int(seconds * 1000))])
            yield
            with connection.cursor() as cursor:
                cursor.execute("select set_config('statement_timeout', %s, true)", [before])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "57014":
            raise TookTooLong from error
        raise
