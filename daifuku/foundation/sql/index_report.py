"""The indexes that are there: how large each is, how often it was used, what one more entry takes on this machine.

PostgreSQL counts in `pg_stat_user_indexes` how often each was used and knows its size. SQLite counts nothing; sizes
come from the table `dbstat` where it was built in, and where reading it does not take too long.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection

from daifuku.foundation.sql.time_limit import TookTooLong, at_most

PATIENCE = 2.0
ENTRIES = 2000


@dataclass(frozen=True)
class IndexFact:
    """`size` in bytes and `uses` are None where the engine does not tell; `valid` is False for one left unfinished."""

    name: str
    table: str
    size: int | None = None
    uses: int | None = None
    unique: bool = False
    valid: bool = True


def indexes() -> list[IndexFact]:
    return _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()


def _of_postgresql() -> list[IndexFact]:
    rows = _asked(
        "select s.indexrelname, s.relname, pg_relation_size(s.indexrelid), s.idx_scan, i.indisunique, i.indisvalid"
        " from pg_stat_user_indexes s join pg_index i on i.indexrelid = s.indexrelid"
        " where s.schemaname = current_schema() order by 3 desc, 1"
    )
    return [IndexFact(*row) for row in rows]


def _of_sqlite() -> list[IndexFact]:
    listed = _asked("select name, tbl_name, sql from sqlite_master where type = 'index' order by name")
    sizes = _sizes_of_sqlite()
    found = [
        IndexFact(name, table, sizes.get(name), None, sql is None or sql.lower().startswith("create unique"))
        for name, table, sql in listed
    ]
    return sorted(found, key=lambda each: (-(each.size or 0), each.name))


def _sizes_of_sqlite() -> dict[str, int]:
    try:
        with at_most(PATIENCE):
            return dict(_asked("select name, sum(pgsize) from dbstat group by name"))
    except (OperationalError, TookTooLong):
        return {}


def seconds_of_an_entry() -> float:
    """What keeping one more index costs a save: entries are put into two tables for this moment, one with an index."""
    with connection.cursor() as cursor:
        plain, indexed = (_filled(cursor, with_index) for with_index in (False, True))
    return max(0.0, indexed - plain) / ENTRIES


def _filled(cursor: Any, with_index: bool) -> float:
    try:
        cursor.execute("create temporary table daifuku_trial (word text)")
        if with_index:
            cursor.execute("create index daifuku_trial_index on daifuku_trial (word)")
        start = time.perf_counter()
        cursor.execute(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)"
            " insert into daifuku_trial select 'word ' || ((i * 7919) % 10007) from n"
        )
        return time.perf_counter() - start
    finally:
        cursor.execute("drop table if exists daifuku_trial")


def _asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[Any] = cursor.fetchall()
    return rows
