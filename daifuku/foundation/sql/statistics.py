"""What the engine knows of how common values are; without it SQLite guesses, and sorts all that have a common one.

PostgreSQL sees to it by itself. SQLite looks at a sample of each index (https://sqlite.org/lang_analyze.html), which
takes less than a second among millions of rows; a connection learns of it when it is opened.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from daifuku.foundation.sql.transaction import write_transaction

SAMPLE = 2000


def renew(database: Any = connection) -> None:
    """Call at night, and after much was filled in."""
    if database.vendor != "sqlite":
        return
    with database.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
    with write_transaction(), database.cursor() as cursor:
        cursor.execute("ANALYZE")
