"""The copy of PostgreSQL: the server is killed and its folder wiped; from base and changes everything comes back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from daifuku.backups import state_file
from daifuku.backups.following.process import Follower
from daifuku.foundation.settings import database_at
from tests.support.postgresql import PostgreSQL

pytestmark = pytest.mark.postgresql


@pytest.fixture
def server() -> Iterator[PostgreSQL]:
    started = PostgreSQL(durable=True)
    started.settings = {**started.settings, "wal_level": "replica"}
    started.create()
    yield started
    started.remove()


def kill(server: PostgreSQL) -> None:
    assert server.process is not None
    subprocess.run(["pkill", "-9", "-P", str(server.process.pid)], check=False)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server.process = None


def bring_back(server: PostgreSQL, to: Path) -> None:
    """As docs/ops/backup.md says: the base, the changes beside it, a file that asks for recovery."""
    shutil.rmtree(server.data)
    shutil.copytree(to / "base", server.data)
    wal = server.folder / "wal"
    shutil.copytree(to / "wal", wal)
    for part in wal.glob("*.partial"):
        part.rename(part.with_suffix(""))
    with (server.data / "postgresql.auto.conf").open("a") as file:
        file.write(f"restore_command = 'cp {wal}/%f %p'\n")
    (server.data / "recovery.signal").touch()
    if server.account:
        shutil.chown(server.folder, server.account.pw_uid, server.account.pw_gid)
        for path in [server.data, *server.data.rglob("*"), wal, *wal.rglob("*")]:
            shutil.chown(path, server.account.pw_uid, server.account.pw_gid)
    server.data.chmod(0o700)
    server.start()


def wait_for_recovery(address: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with psycopg.connect(address) as opened:
            if opened.execute("SELECT NOT pg_is_in_recovery()").fetchone() == (True,):
                return
        time.sleep(0.2)
    raise AssertionError("it is still in recovery")


def test_no_acknowledged_row_is_lost(server: PostgreSQL, places_of_tests: Path) -> None:
    to = places_of_tests / "nas"
    follower = Follower(to, database_at(server.address(), places_of_tests))
    with psycopg.connect(server.address(), autocommit=True) as opened:
        opened.execute("CREATE TABLE customers (id bigserial, name text)")
        follower.look()
        assert state_file.read().problem == ""
        opened.execute("ALTER SYSTEM SET synchronous_standby_names = 'pg_receivewal'")
        opened.execute("SELECT pg_reload_conf()")
        for number in range(200):
            opened.execute("INSERT INTO customers (name) VALUES (%s)", [f"客{number}"])
    kill(server)
    follower.end()
    bring_back(server, to)
    wait_for_recovery(server.address())
    with psycopg.connect(server.address()) as opened:
        opened.execute("SET default_transaction_read_only = on")
        assert opened.execute("SELECT count(*) FROM customers").fetchone() == (200,)


def test_a_server_that_is_away_is_told(server: PostgreSQL, places_of_tests: Path) -> None:
    server.stop()
    follower = Follower(places_of_tests / "nas", database_at(server.address(), places_of_tests))
    follower.look()
    assert "connect" in state_file.read().problem or "接続" in state_file.read().problem
    follower.end()
