"""Moves an index of before to one that knows kinds of records (see `sqlite` and `postgresql`), inside the database.

The pairs are taken as they are: working them out anew would take ten times as long.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from daifuku.foundation.sql.gram_index import postgresql, sqlite
from daifuku.foundation.sql.time_limit import unlimited

NEW_PAIRS = (
    "INSERT INTO record_search_new (rowid, n, r, k, o) SELECT %s + r.record_id, {c0}, {c1}, {c2}, c.c3"
    " FROM records_searchrow r CROSS JOIN record_search_content c ON c.id = r.id"
    " WHERE r.object = %s ORDER BY r.record_id"
)
# How the text begins, as a word of its own behind it.
BEGUN = f"iif(c.{{0}} = '', '', c.{{0}} || ' ' || char({ord(sqlite.BEGINNING)}) || substr(c.{{0}}, 1, 2))"
NEW_KEYS = "UPDATE records_searchrow SET id = %s + record_id WHERE object = %s"
NEW_GRAMS = "UPDATE records_searchrow SET grams = array_append(grams, '@' || object)"


def move(vendor: str) -> None:
    with unlimited(), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT object FROM records_searchrow")
        kinds = sorted((sqlite.first_key(object_key), object_key) for (object_key,) in cursor.fetchall())
        if kinds:
            (_on_sqlite if vendor == "sqlite" else _on_postgresql)(cursor, kinds)


def _on_sqlite(cursor: Any, kinds: list[tuple[int, str]]) -> None:
    table, trigger = sqlite.CREATE
    cursor.execute("PRAGMA cache_size")
    usual = cursor.fetchone()[0]
    # Whole leaves are written at once: with the usual two megabytes each of them would be written many times.
    cursor.execute("PRAGMA cache_size = -250000")
    cursor.execute("DROP TRIGGER record_search_gone")
    cursor.execute(table.replace("record_search", "record_search_new"))
    for kind in kinds:
        cursor.execute(NEW_PAIRS.format(**{name: BEGUN.format(name) for name in ("c0", "c1", "c2")}), kind)
    cursor.execute("DROP TABLE record_search")
    cursor.execute("ALTER TABLE record_search_new RENAME TO record_search")
    for kind in kinds:
        cursor.execute(NEW_KEYS, kind)
    cursor.execute(trigger)
    cursor.execute(f"PRAGMA cache_size = {usual}")


def _on_postgresql(cursor: Any, kinds: list[tuple[int, str]]) -> None:
    _column, index = postgresql.CREATE
    cursor.execute("DROP INDEX record_search_grams")
    cursor.execute(NEW_GRAMS)
    cursor.execute(index)
