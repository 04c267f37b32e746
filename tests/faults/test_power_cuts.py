"""The power fails while people write (F05): what was acknowledged is there, once, with its files and its chain."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import Prepared
from tests.faults.test_writes_survive import STORED, Clients
from tests.support.disk import Disk, fresh, mounted
from tests.support.firm import found_firm
from tests.support.postgresql import PostgreSQL
from tests.support.server import Server, all_below

pytestmark = pytest.mark.slow
CUTS, PAUSE = 10, 1.5
WHOLE = """
from django.db import connection
from daifuku.ledger import anchoring
anchoring.seal_and_anchor()
result["chain"] = [finding.problem for finding in anchoring.verify_against_anchor()]
result["database"] = "ok"
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        result["database"] = cursor.execute("PRAGMA integrity_check").fetchone()[0]
"""


@dataclass
class Cut:
    """What the disk held, and what had been acknowledged by then."""

    image: Path
    made: list[str]
    edits: list[int]
    filed: list[str]


@pytest.fixture
def disk() -> Iterator[Disk]:
    with fresh() as disk:
        yield disk


@pytest.fixture
def server(prepared: Prepared, disk: Disk) -> Iterator[Server]:
    """Its home, and on PostgreSQL the data of its database, lie on the disk that loses its power."""
    server = prepared.server(disk.place / "home", data=disk.place / "database")
    # The home and the database were copied here, and nobody asked to keep that.
    os.sync()
    try:
        server.start()
        yield server
    finally:
        server.end()
        if server.database is not None:
            server.database.remove()


def test_what_nobody_asked_to_keep_is_lost(disk: Disk, tmp_path: Path) -> None:
    """So that the other test proves something."""
    for name in ("forgotten", "kept"):
        with (disk.place / name).open("wb") as file:
            file.write(b"x" * 100_000)
            if name == "kept":
                file.flush()
                os.fsync(file.fileno())
    disk.copy_without_power(tmp_path / "image", [])
    with mounted(tmp_path / "image") as found:
        assert (found.place / "kept").read_bytes() == b"x" * 100_000
        forgotten = found.place / "forgotten"
        assert not forgotten.exists() or not forgotten.read_bytes()


def test_what_was_acknowledged_is_on_the_disk(server: Server, disk: Disk, tmp_path: Path) -> None:
    clients = Clients(server, found_firm(server))
    cuts = []
    with ExitStack() as stack:
        for writers in clients.everybody:
            stack.enter_context(writers)
        for number in range(CUTS):
            time.sleep(PAUSE)
            cuts.append(cut(server, disk, clients, tmp_path / f"cut{number}"))
    assert [writers.refused for writers in clients.everybody] == [[]] * len(clients.everybody)
    assert cuts[-1].made and cuts[-1].filed and all(cuts[-1].edits)
    for each in cuts:
        look_at(each, clients.targets, server)
        each.image.unlink()


def cut(server: Server, disk: Disk, clients: Clients, image: Path) -> Cut:
    """The list is read before the disk: what is on it was answered, so it had to be kept by then."""
    found = Cut(
        image,
        [f"会社{each.number}" for each in list(clients.makers.acknowledged)],
        [len(editor.acknowledged) for editor in clients.editors],
        [each.answer.json()["uid"] for each in list(clients.filers.acknowledged)],
    )
    disk.copy_without_power(image, processes_of(server))
    return found


def processes_of(server: Server) -> list[int]:
    assert server.process is not None
    numbers = [server.process.pid]
    if server.database is not None and server.database.process is not None:
        numbers.append(server.database.process.pid)
    return [*numbers, *(below for number in numbers for below in all_below(number))]


def look_at(each: Cut, targets: list[str], server: Server) -> None:
    """Another machine with that disk: its file system and its database recover, and everything is there."""
    with mounted(each.image) as disk, ExitStack() as stack:
        database = None
        if server.database is not None:
            database = PostgreSQL(durable=True)
            database.data = disk.place / "database"
            # The machine was started again: no process of before is alive.
            (database.data / "postmaster.pid").unlink(missing_ok=True)
            database.start()
            stack.callback(database.remove)
        compare(each, targets, Server(disk.place / "home", database).python(STORED + WHOLE))


def compare(each: Cut, targets: list[str], stored: dict[str, Any]) -> None:
    """At least what was acknowledged, and nothing twice: some may have been kept whose answer was on its way."""
    names = Counter(name for name, _uid, _version, _note in stored["accounts"])
    assert max(names.values()) == 1
    assert set(each.made) <= set(names)
    rows = {uid: (version, note) for _name, uid, version, note in stored["accounts"]}
    for target, count in zip(targets, each.edits, strict=True):
        version, note = rows[target]
        assert version >= count + 1
        assert note == (str(version - 1) if version > 1 else "")
    assert stored["edited"] == sum(rows[target][0] - 1 for target in targets)
    assert stored["created"] == stored["searchable"] == stored["comparable"] == len(stored["accounts"])
    assert set(each.filed) <= set(stored["attachments"])
    assert len(stored["attachments"]) == len(set(stored["attachments"]))
    assert (stored["broken"], stored["chain"], stored["database"]) == ([], [], "ok")
