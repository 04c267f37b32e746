"""SQLite's write-ahead log, written into the database while nobody waits.

An import touches a page of each index for nearly every row: 20 kB of log a row, and the same pages again and again. A
commit that finds the log long writes it into the database itself, and whoever saved just then waits. So commits do it
late (`wal_autocheckpoint`), when many pages have come together, and the worker does it before them.
"""

from __future__ import annotations

import os
import time
from typing import Any

from django.db import connection

PAUSE_SECONDS = 2.0


class Writer:
    """Remembers up to where it has written."""

    def __init__(self) -> None:
        self._at, self._change = -PAUSE_SECONDS, 0

    def turn(self, database: Any = connection) -> bool:
        """Does what can be done without making anybody wait; there is never more to do at once."""
        if database.vendor != "sqlite":
            return False
        at, change = time.monotonic(), _changed(database)
        if change != self._change and at - self._at >= PAUSE_SECONDS:
            with database.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            self._at, self._change = at, change
        return False


def _changed(database: Any) -> int:
    """When the log was written last: asking the file costs nothing, asking the database would keep it awake."""
    try:
        return os.stat(f"{database.settings_dict['NAME']}-wal").st_mtime_ns
    except OSError:
        return 0
