"""Write transactions that are fair on SQLite.

SQLite lets writers poll for its lock; under load one writer starves until its busy timeout ends in an error. A lock on
a side file, taken before BEGIN IMMEDIATE, makes writers wait in the kernel instead: measured worst wait 0.2 s with no
error, against 5.0 s with errors. On PostgreSQL the transaction alone is enough.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connections, transaction

WAIT_SECONDS = 25.0


def hurry(seconds: float) -> None:
    """Whoever answers people gives up early: a clear "try again" now is better than a page that hangs.

    From here on this process waits so long for the gate, and again for SQLite's own lock if a stranger holds it. On
    PostgreSQL `lock_timeout` of the connection does the same.
    """
    global WAIT_SECONDS
    WAIT_SECONDS = seconds
    for database in connections.settings.values():
        if "sqlite3" in database["ENGINE"]:
            database["OPTIONS"]["timeout"] = seconds
        else:
            from daifuku.foundation.sql.postgresql.frozen import watch

            watch()


@contextmanager
def write_transaction(using: str = "default") -> Iterator[None]:
    """One transaction for a business verb; inside another one it is a savepoint, so that its refusal undoes only it."""
    connection = connections[using]
    if connection.in_atomic_block:
        with transaction.atomic(using=using):
            yield
        return
    with _gate(connection.vendor, str(connection.settings_dict["NAME"])), transaction.atomic(using=using):
        yield


@contextmanager
def _gate(vendor: str, name: str) -> Iterator[None]:
    if vendor != "sqlite" or name == ":memory:" or name.startswith("file:"):
        yield
        return
    descriptor = os.open(f"{name}.writers", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Waits in the kernel's queue; a plain blocking lock first would never give up on a stuck writer."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise OperationalError("database is locked: another writer holds the gate") from error
            time.sleep(0.002)
