"""Where the migrated databases lie that tests are lent: one of each engine, under a name made of the code that made it.

Beside what pytest remembers. A line changed in what migrations are made of and ask gives another name, so the database
is made anew; a line elsewhere does not.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import IO

from tests.support.sources import ROOT

FOLDER = ROOT / ".pytest_cache" / "migrated"
# Migrations are made of models, write what is shipped, and speak to the database through these parts of the foundation.
REACHED = frozenset({"migrations", "models", "sql", "uuid7.py", "shipped.py"})
SETTINGS = frozenset({ROOT / "daifuku" / "settings.py", ROOT / "daifuku" / "foundation" / "settings.py"})


def sqlite() -> Path:
    return FOLDER / f"{_mark()}.sqlite3"


def postgresql(version: str) -> Path:
    """The data folder of a stopped server of this version with the database `migrated`, as a tar archive."""
    return FOLDER / f"{_mark()}.postgresql-{version}.tar"


@cache
def _mark() -> str:
    told = hashlib.sha256(os.environ.get("DJANGO_SETTINGS_MODULE", "").encode())
    for path in [ROOT / "requirements" / "dev.txt", *sorted((ROOT / "daifuku").rglob("*.py"))]:
        parts = set(path.parts)
        if "requirements" in parts or path in SETTINGS or (parts & REACHED and "tests" not in parts):
            told.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return told.hexdigest()[:20]


def put(made: Path, kept: Path) -> None:
    """Whole or not at all, and in the place of what older code made."""
    for old in _of_its_kind(kept):
        old.unlink(missing_ok=True)
    made.replace(kept)


def _of_its_kind(kept: Path) -> Iterable[Path]:
    return FOLDER.glob(f"*{''.join(kept.suffixes)}")


def alone() -> IO[str]:
    """A lock that ends when it is closed: of several processes one migrates, the others wait for what it keeps."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lock = (FOLDER / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock
