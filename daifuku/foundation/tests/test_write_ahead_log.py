"""SQLite's log is written into the database by the worker, so that nobody who saves waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from daifuku.foundation.settings import database_at
from daifuku.foundation.sql import write_ahead_log
from daifuku.foundation.sql.write_ahead_log import Writer

WORD = "シャチホコ商事"


@pytest.mark.django_db
def test_what_stands_in_the_log_comes_into_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_ahead_log, "PAUSE_SECONDS", 0)
    file = tmp_path / "daifuku.sqlite3"
    handler = ConnectionHandler({"default": database_at(str(file), tmp_path)})
    connection, writer = handler["default"], Writer()
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE firm (name text)")
            writer.turn(connection)
            cursor.execute("INSERT INTO firm VALUES (%s)", [WORD])
        assert WORD.encode() not in file.read_bytes()
        assert writer.turn(connection) is False
        assert WORD.encode() in file.read_bytes()
    finally:
        handler.close_all()
