"""A real server for each test of this folder, on the engine that the run is about."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgresql import PostgreSQL
from tests.support.server import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """On PostgreSQL it gets a database server of its own, because these tests stop and kill it; durable as in life."""
    database = None
    if os.environ.get("DAIFUKU_TEST_DATABASE"):
        database = PostgreSQL(durable=True)
        database.create()
    server = Server(tmp_path, database, {"DAIFUKU_API_RATE": "1000000"})
    try:
        server.start()
        yield server
    finally:
        server.end()
        if database is not None:
            database.remove()
