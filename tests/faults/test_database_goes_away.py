"""PostgreSQL stopped, or SQLite locked (F09): health says so, and everything works again once the database is back."""

from __future__ import annotations

import time

import pytest

from tests.support.server import Server


def wait_for_status(server: Server, status: int, seconds: float) -> float:
    started = time.monotonic()
    while server.ask("GET", "/healthz", timeout=30).status != status:
        assert time.monotonic() - started < seconds, f"/healthz does not answer {status}"
        time.sleep(0.1)
    return time.monotonic() - started


@pytest.mark.parametrize("seconds", [2, pytest.param(30, marks=pytest.mark.slow)])
def test_health_follows_the_database(server: Server, seconds: float) -> None:
    with server.database_gone():
        if server.database is not None:
            wait_for_status(server, 503, 10)
        time.sleep(seconds)
    assert wait_for_status(server, 200, 10) < 5
