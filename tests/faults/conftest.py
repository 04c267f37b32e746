"""A real server for each test of this folder, on the engine that the run is about."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import kept
from tests.support.postgresql import PostgreSQL
from tests.support.server import Server


@dataclass
class Prepared:
    """A home as `daifuku up` leaves it before anybody has come, and on PostgreSQL its database: made once, copied.

    Where a migrated database is kept it begins with that; test_bench.py begins with nothing.
    """

    home: Path
    database: PostgreSQL | None

    def server(self, home: Path, *, data: Path | None = None) -> Server:
        """On PostgreSQL with a database server of its own, because these tests stop and kill it; durable as in life.
        `data` is where that keeps its data, if not beside its socket."""
        database = None
        if self.database is not None:
            database = PostgreSQL(durable=True)
            database.data = data or database.data
            database.create(self.database.data)
        shutil.copytree(self.home, home, dirs_exist_ok=True)
        return Server(home, database, {"DAIFUKU_API_RATE": "1000000"})


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    home = tmp_path_factory.mktemp("prepared")
    database = PostgreSQL(durable=True) if os.environ.get("DAIFUKU_TEST_DATABASE") else None
    if database is not None:
        database.create()
        database.lend("daifuku")
    elif kept.sqlite().exists():
        shutil.copyfile(kept.sqlite(), home / "daifuku.sqlite3")
    environment = Server(home, database).environment | {"DJANGO_SETTINGS_MODULE": "daifuku.settings"}
    subprocess.run([sys.executable, "-m", "daifuku.server.prepare"], env=environment, check=True)
    if database is not None:
        database.stop()
    yield Prepared(home, database)
    if database is not None:
        database.remove()


@pytest.fixture
def server(prepared: Prepared, tmp_path: Path) -> Iterator[Server]:
    server = prepared.server(tmp_path)
    try:
        server.start()
        yield server
    finally:
        server.end()
        if server.database is not None:
            server.database.remove()
