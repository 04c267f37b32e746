"""The database as one file and back, for the engine that is in use."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from daifuku.backups.engines import postgresql, sqlite


def engine() -> str:
    return str(connection.vendor)


def dump(to: Path) -> None:
    """A complete and consistent copy, while others go on writing. Raises Invalid (a program is missing), OSError."""
    {"sqlite": sqlite.dump, "postgresql": postgresql.dump}[engine()](to)
