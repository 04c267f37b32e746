"""SQLite's own sqlite3_rsync sends the pages that changed; the copy is complete and consistent after every pass."""

from __future__ import annotations

import subprocess
from pathlib import Path

from apsw import sqlite_extra


def follow(database: Path, copy: Path) -> None:
    """Raises OSError with what the program said. The replica may be opened only by readers."""
    program = sqlite_extra.path("sqlite3_rsync")
    done = subprocess.run(  # noqa: S603 - our own arguments
        [program, str(database), str(copy), "--exe", program], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise OSError((done.stderr or done.stdout).strip()[-400:])
    copy.chmod(0o600)
