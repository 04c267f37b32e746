"""The file of the database is for the account that runs the program, for nobody else on the machine."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from daifuku.foundation import settings


@pytest.fixture(autouse=True)
def everybody_reads_new_files(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("DAIFUKU_DATABASE", raising=False)
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def written(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE a (b)")
        assert rights(path.with_name(f"{path.name}-wal")) == rights(path)


def test_a_new_database_is_read_by_its_owner_only(tmp_path: Path) -> None:
    path = Path(str(settings.database(tmp_path)["NAME"]))
    written(path)
    assert rights(path) == "0o600"


def test_one_that_everybody_could_read_is_closed_and_a_group_stays(tmp_path: Path) -> None:
    path = tmp_path / "daifuku.sqlite3"
    for before, after in ((0o644, "0o640"), (0o666, "0o660"), (0o600, "0o600")):
        path.touch()
        path.chmod(before)
        settings.database(tmp_path)
        assert rights(path) == after


def test_a_place_that_is_not_there_yet_and_a_database_in_memory_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for address in (":memory:", f"sqlite://{tmp_path}/none/a.sqlite3"):
        monkeypatch.setenv("DAIFUKU_DATABASE", address)
        settings.database(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_new_home_is_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAIFUKU_HOME", str(tmp_path / "home"))
    assert rights(settings.home(tmp_path)) == "0o700"
