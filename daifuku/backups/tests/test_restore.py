"""The drill: what was backed up comes back to a new place, whole, or not at all."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pyrage
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from daifuku.backups import actions, engines
from daifuku.backups.archive import Broken
from daifuku.foundation.errors import Conflict

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

WRITTEN_MEANWHILE = {
    "backups_backup",
    "ledger_event",
    "ledger_seal",
    "daifuku_messages_hold",
    "daifuku_messages_notice",
    "django_content_type",
    "auth_permission",
}


@pytest.fixture
def database(firm: Cast) -> Iterator[str]:
    """The address of an empty database for the restored one; SQLite needs none."""
    if engines.engine() == "sqlite":
        yield ""
        return
    name, entry = f"restored_{uuid.uuid4().hex}", connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield f"postgresql://{entry['USER']}@localhost/{name}?host={entry['HOST']}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rows_in(file: Path | str, address: str) -> dict[str, list[str]]:
    """What stands in every table of the program, as a stranger reads it; what the drill itself writes is left out."""
    tables = {model._meta.db_table for model in apps.get_models()} - WRITTEN_MEANWHILE
    with closing(psycopg.connect(address) if address else sqlite3.connect(file)) as opened:
        return {
            table: sorted(map(repr, opened.execute(f"SELECT * FROM {table}").fetchall()))
            for table in sorted(tables)
        }


def held_in(file: Path, address: str) -> list[tuple[Any, ...]]:
    with closing(psycopg.connect(address) if address else sqlite3.connect(file)) as opened:
        return opened.execute("SELECT decided_at FROM daifuku_messages_hold").fetchall()


def address_now() -> str:
    entry = connection.settings_dict
    return f"postgresql://{entry['USER']}@localhost/{entry['NAME']}?host={entry['HOST']}"


def test_everything_comes_back(firm: Cast, key: str, database: str, places_of_tests: Path) -> None:
    before = rows_in(connection.settings_dict["NAME"], address_now() if database else "")
    backup = actions.make(by=firm.mizuno)
    home = places_of_tests / "new home"
    found = actions.restore(Path(backup.path), home, key, database=database)
    after = rows_in(home / "daifuku.sqlite3", database)
    assert {name for name, rows in before.items() if rows != after[name]} == set()
    assert (found.files, found.lines) == (1, backup.lines)
    [undecided] = held_in(home / "daifuku.sqlite3", database)
    assert undecided == (None,), "what waited in the backup must not go by itself"
    [file] = [path for path in (home / "files").rglob("*") if path.is_file()]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == file.name
    assert (home / "secret.key").read_text() == settings.SECRET_KEY
    assert oct((home / "secret.key").stat().st_mode)[-3:] == "600"


def test_the_old_place_is_never_written_over(
    firm: Cast, key: str, database: str, places_of_tests: Path
) -> None:
    backup = actions.make(by=firm.mizuno)
    with pytest.raises(Conflict, match="空ではありません"):
        actions.restore(Path(backup.path), Path(settings.HOME), key, database=database)


@pytest.mark.parametrize("place", [0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_changed_byte_anywhere_is_found(
    firm: Cast, key: str, database: str, places_of_tests: Path, place: float
) -> None:
    path = Path(actions.make(by=firm.mizuno).path)
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(content)
    with pytest.raises(Broken):
        actions.restore(path, places_of_tests / "new", key, database=database)
    assert not list(places_of_tests.glob("new*"))


def test_a_file_that_was_cut_off_is_found(firm: Cast, key: str, database: str, places_of_tests: Path) -> None:
    path = Path(actions.make(by=firm.mizuno).path)
    os.truncate(path, path.stat().st_size - 20)
    with pytest.raises(Broken, match="壊れています"):
        actions.restore(path, places_of_tests / "new", key, database=database)


def test_only_the_right_key_opens_it(firm: Cast, key: str, database: str, places_of_tests: Path) -> None:
    path = Path(actions.make(by=firm.mizuno).path)
    with pytest.raises(Broken, match="この復旧キーでは開けません"):
        actions.restore(
            path, places_of_tests / "new", str(pyrage.x25519.Identity.generate()), database=database
        )
    with pytest.raises(Broken, match="復旧キーの形が違います"):
        actions.restore(path, places_of_tests / "new", "みかん", database=database)
    typed = f" {key[:20].lower()} {key[20:].lower()}\n"
    assert actions.restore(path, places_of_tests / "new", typed, database=database).files == 1


def test_no_word_of_the_customers_stands_in_the_file(firm: Cast, key: str) -> None:
    path = Path(actions.make(by=firm.mizuno).path)
    assert "青葉商事".encode() not in path.read_bytes()
    assert oct(path.stat().st_mode)[-3:] == "600"


@pytest.mark.django_db
def test_something_else_is_no_backup(places_of_tests: Path) -> None:
    other = places_of_tests / "名刺.daifuku"
    other.write_bytes(b"GIF89a" * 100)
    with pytest.raises(Broken, match="バックアップのファイルではないか"):
        actions.restore(other, places_of_tests / "new", str(pyrage.x25519.Identity.generate()))


def test_a_database_that_is_not_empty_stays_as_it_is(
    firm: Cast, key: str, database: str, places_of_tests: Path
) -> None:
    """And each engine's backup says what it needs."""
    path = Path(actions.make(by=firm.mizuno).path)
    if not database:
        with pytest.raises(Conflict, match="SQLiteのものです"):
            actions.restore(path, places_of_tests / "new", key, database="postgresql://localhost/daifuku")
        return
    with pytest.raises(Conflict, match="PostgreSQLのものです"):
        actions.restore(path, places_of_tests / "new", key)
    with psycopg.connect(database) as other:
        other.execute("CREATE TABLE kept (id integer)")
    with pytest.raises(Conflict, match="空ではない"):
        actions.restore(path, places_of_tests / "new", key, database=database)
