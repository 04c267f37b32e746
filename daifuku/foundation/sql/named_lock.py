"""One at a time by name, where a row to lock does not exist yet."""

from __future__ import annotations

import hashlib

from django.db import OperationalError, connection


def hold(name: str) -> None:
    """Waits until nobody else holds this name, and holds it until the transaction ends.

    PostgreSQL: `select pg_advisory_xact_lock(<64 bits of the name's digest>)`. SQLite: nothing, because whoever is in
    a write transaction there is alone.
    """
    if connection.vendor != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [number])


def waited_in_vain(error: OperationalError) -> bool:
    """Did somebody else hold a lock for longer than we wait? PostgreSQL: SQLSTATE 55P03; SQLite: its one sentence."""
    return getattr(error.__cause__, "sqlstate", "") == "55P03" or "database is locked" in str(error)
