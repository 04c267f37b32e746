"""Closed while the database is brought up to date: the web server loads the program meanwhile, and waits here.

Loading takes as long as preparing, so that doing both at once halves the time until the first page. A lock on a file is
gone with the process that held it, so that nobody waits for one that died.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def closed(home: Path) -> Iterator[None]:
    with _file(home).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def wait(home: Path) -> None:
    """Returns at once where nothing is being prepared."""
    with _file(home).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)


def _file(home: Path) -> Path:
    return home / "prepare.lock"
