"""The copy that follows seconds behind, on SQLite; what a broken place does to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.backups import state_file
from daifuku.backups.following.process import Follower

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE = {"ENGINE": "daifuku.foundation.sql.sqlite3"}


@pytest.fixture
def database(places_of_tests: Path, settings: Any) -> Iterator[sqlite3.Connection]:
    """A database that somebody keeps open and writes to."""
    path = settings.HOME / "daifuku.sqlite3"
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT)")
        yield opened


def add(database: sqlite3.Connection, number: int) -> None:
    with database:
        database.executemany("INSERT INTO customers (name) VALUES (?)", [(f"客{n}",) for n in range(number)])


def copied(to: Path) -> int:
    with closing(sqlite3.connect(f"file:{to / 'daifuku.sqlite3'}?mode=ro", uri=True)) as copy:
        assert copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return int(copy.execute("SELECT count(*) FROM customers").fetchone()[0])


def test_every_pass_brings_what_is_new(
    database: sqlite3.Connection, places_of_tests: Path, settings: Any
) -> None:
    to = places_of_tests / "nas"
    follower = Follower(to, ENGINE | {"NAME": str(settings.HOME / "daifuku.sqlite3")})
    stored = settings.MEDIA_ROOT / "ab" / "cd" / f"abcd{'0' * 60}"
    for count in (1000, 5):
        add(database, count)
        follower.look()
    assert copied(to) == 1005
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"%PDF")
    (stored.parent / ".new-half").write_bytes(b"half")
    (settings.HOME / "secret.key").write_text("geheim")
    follower.look()
    assert [path.name for path in (to / "files").rglob("*") if path.is_file()] == [stored.name]
    assert (to / "secret.key").read_text() == "geheim"
    assert not state_file.read().late
    assert state_file.read().problem == ""


def test_a_place_that_is_gone_is_told_and_tried_again(
    database: sqlite3.Connection, places_of_tests: Path, settings: Any
) -> None:
    to = places_of_tests / "nas"
    to.write_text("a file where the folder should be")
    follower = Follower(to, ENGINE | {"NAME": str(settings.HOME / "daifuku.sqlite3")})
    follower.look()
    assert state_file.read().problem
    assert state_file.read().late
    to.unlink()
    add(database, 3)
    follower.look()
    assert (copied(to), state_file.read().problem) == (3, "")
