"""The migrated database, made once for the code as it is and lent to every process and run that needs one.

A hundred migrations take half a minute; a copy of what they made takes none. It is kept for each engine (`kept`).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.support import kept, postgresql

# Held from the moment when nothing was there to be lent until it is: the other processes wait for it.
_making: list[IO[str]] = []


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """True where a migrated database lies ready in the place of the test database."""
    if request.config.getvalue("reuse_db") or _lend():
        return True
    _making.append(kept.alone())
    if not _lend():
        return False
    _making.pop().close()
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool) -> Iterator[None]:
    try:
        if not django_db_keepdb:
            _keep()
    finally:
        while _making:
            _making.pop().close()
    yield


def _lend() -> bool:
    from django.db import connection

    name: str = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    if connection.vendor == "sqlite":
        try:
            shutil.copyfile(kept.sqlite(), name)
        except FileNotFoundError:
            return False
        return True
    server = postgresql.running
    return server is not None and server.lend(name)


def _keep() -> None:
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        if postgresql.running is not None:
            connection.close()
            postgresql.running.keep(name)
        return
    place = kept.sqlite()
    made = place.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(Path(name)) as there, sqlite3.connect(made) as copy:
        there.backup(copy)
    kept.put(made, place)
