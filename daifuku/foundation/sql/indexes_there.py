"""Which indexes are really there, cheaply: a table that SQLite rebuilds for a migration loses those added later.

PostgreSQL: asks `pg_index`, leaving out what was never finished. SQLite: asks `sqlite_master` and, for the number of
columns, `pragma_index_info`.
"""

from __future__ import annotations

from django.db import connection

SQLITE = """
select name, (select count(*) from pragma_index_info(sqlite_master.name)) from sqlite_master
where type = 'index' and substr(name, 1, length(%s)) = %s
"""
POSTGRESQL = """
select c.relname, i.indnkeyatts from pg_index i join pg_class c on c.oid = i.indexrelid
where i.indisvalid and c.relnamespace = current_schema()::regnamespace and left(c.relname, length(%s)) = %s
"""


def columns_by_name(prefix: str) -> dict[str, int]:
    """Of all indexes whose names begin so: how many columns each is made of."""
    statement = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(statement, [prefix, prefix])
        return {str(name): int(columns) for name, columns in cursor.fetchall()}
