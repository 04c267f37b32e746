"""Whether anything in the database changed: a fingerprint of every table, and a look at what was sent to it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

# What a refused request may leave behind: its session, who looked at what, how often somebody tried.
MAY_CHANGE = frozenset(
    {"django_session", "usersessions_usersession", "ledger_readmark", "staff_shared_cache", "records_mark"}
)
HARMLESS = re.compile(
    r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(?:' + "|".join(MAY_CHANGE) + r")\b", re.IGNORECASE
)
WORD = re.compile(r"\w+")
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH", "REPLACE", "ALTER", "CREATE", "DROP", "TRUNCATE")


# What a trigger of the database writes, not a statement of the program (foundation/sql/gram_index).
BY_TRIGGERS = "record_search"
DATA = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def digest(writes: Sequence[str] = ()) -> dict[str, str]:
    """A fingerprint of every table but those of MAY_CHANGE; of all that these statements can have written to."""
    names = [name for name in connection.introspection.table_names() if name not in MAY_CHANGE]
    if writes and all(sql.lstrip().upper().startswith(DATA) for sql in writes):
        words = {word for sql in writes for word in WORD.findall(sql)}
        names = [name for name in names if name in words or name.startswith(BY_TRIGGERS)]
    return {name: _of_table(name) for name in names}


def _of_table(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


class Watched:
    def __init__(self) -> None:
        self.writes: list[str] = []


@contextmanager
def watched() -> Iterator[Watched]:
    """Collects the statements that write; where there is none, nothing can have changed."""
    seen = Watched()

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES) and not HARMLESS.search(sql):
            seen.writes.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield seen
