"""The migrated SQLite database, made once for the code as it is and lent to every process and run that needs one.

A hundred migrations take half a minute; a copy of what they made takes none. It lies beside what pytest remembers,
under a name made of the code that migrations are made of and ask: another line there makes it anew, no line elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.sources import ROOT

FOLDER = ROOT / ".pytest_cache" / "migrated"
# Migrations are made of models, write what is shipped, and speak to the database through these parts of the foundation.
REACHED = frozenset({"migrations", "models", "sql", "uuid7.py", "shipped.py"})
SETTINGS = frozenset({ROOT / "daifuku" / "settings.py", ROOT / "daifuku" / "foundation" / "settings.py"})


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """True where a migrated database lies ready in the place of the test database."""
    return bool(request.config.getvalue("reuse_db")) or _lend()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool) -> Iterator[None]:
    if not django_db_keepdb:
        _keep()
    yield


def _place() -> Path | None:
    """Of the test database, where that is a file."""
    from django.conf import settings

    database: dict[str, Any] = settings.DATABASES["default"]
    return Path(database["TEST"]["NAME"]) if str(database["ENGINE"]).endswith("sqlite3") else None


def _kept() -> Path:
    told = hashlib.sha256(os.environ.get("DJANGO_SETTINGS_MODULE", "").encode())
    for path in [ROOT / "requirements" / "dev.txt", *sorted((ROOT / "daifuku").rglob("*.py"))]:
        parts = set(path.parts)
        if "requirements" in parts or path in SETTINGS or (parts & REACHED and "tests" not in parts):
            told.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return FOLDER / f"{told.hexdigest()[:20]}.sqlite3"


def _lend() -> bool:
    place = _place()
    if place is None:
        return False
    try:
        shutil.copyfile(_kept(), place)
    except FileNotFoundError:
        return False
    return True


def _keep() -> None:
    """Whole or not at all: several processes may come to it at the same time."""
    place = _place()
    if place is None or not place.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = _kept()
    made = kept.with_suffix(f".{os.getpid()}")
    with sqlite3.connect(place) as there, sqlite3.connect(made) as copy:
        there.backup(copy)
    for old in FOLDER.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    made.replace(kept)
