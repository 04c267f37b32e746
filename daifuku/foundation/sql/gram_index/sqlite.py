"""The index on SQLite: an FTS5 table whose words are pairs of characters, so that a phrase is a part of a text.

The last character stands alone at the end of each text: a phrase that ends with it ends where the text ends, and one
that begins with ^ begins where it begins. One character is looked for as the beginning of a pair (prefix index).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from daifuku.foundation.sql.gram_index.shape import Columns, Match, Word, inner_pairs, pairs, parted

CREATE = [
    "CREATE VIRTUAL TABLE record_search USING fts5(n, r, k, o, prefix='1', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER record_search_gone AFTER DELETE ON records_searchrow "
    "BEGIN DELETE FROM record_search WHERE rowid = old.id; END",
]
DROP = ["DROP TRIGGER record_search_gone", "DROP TABLE record_search"]
COLUMNS = "r.id, r.object, r.record_id, r.name, r.reading, r.romaji, r.others"
# The same as r.id, but in this order the index gives its rows anyway: the first ones come without the others.
KEY = "f.rowid"
MERGED_PAGES = 500
COMMON = 50_000
INSERT_ROW = (
    "INSERT INTO records_searchrow (id, object, record_id, name, reading, romaji, others)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
INSERT_PAIRS = "INSERT OR REPLACE INTO record_search (rowid, n, r, k, o) VALUES (%s, %s, %s, %s, %s)"


def insert(rows: Sequence[Columns]) -> None:
    """Keys count on from sqlite_sequence, which nobody else moves inside a write transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'records_searchrow'")
        last = cursor.fetchone()
        first = (last[0] if last else 0) + 1
        cursor.executemany(INSERT_ROW, [(first + number, *row) for number, row in enumerate(rows)])
        cursor.executemany(
            INSERT_PAIRS,
            [
                (first + number, *map(_text, (row.name, row.reading, row.romaji, row.others)))
                for number, row in enumerate(rows)
            ],
        )


def forget_step(first: bool) -> bool:
    """FTS5 notes deletions and keeps the words until its parts are merged; this merges a few pages of all of them.

    A negative number begins the merging of everything into one part; whoever sees fewer than two changes is done.
    """
    with connection.cursor() as cursor:
        before = connection.connection.total_changes
        pages = -MERGED_PAGES if first else MERGED_PAGES
        cursor.execute("INSERT INTO record_search (record_search, rank) VALUES ('merge', %s)", [pages])
        return bool(connection.connection.total_changes - before >= 2)


def select(match: Match, objects: Sequence[str], columns: str = COLUMNS) -> tuple[str, list[Any]]:
    places = ", ".join(["%s"] * len(objects))
    sql = (
        f"SELECT {columns} FROM record_search f CROSS JOIN records_searchrow r ON r.id = f.rowid"  # noqa: S608
        f" WHERE f.record_search MATCH %s AND r.object IN ({places})"
    )
    return sql, [_expression(match), *objects]


def is_common(match: Match) -> bool:
    """The index alone tells it: fifty thousand matches are counted in some milliseconds."""
    sql = "SELECT 1 FROM record_search WHERE record_search MATCH %s LIMIT 1 OFFSET %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [_expression(match), COMMON])
        return cursor.fetchone() is not None


def _text(text: str) -> str:
    return " ".join([" ".join(pairs(part)) for part in parted(text)])


def _expression(match: Match) -> str:
    """An FTS5 query: `{n r k} : ^"高橋 橋製"`."""
    if match.how == "anywhere":
        return " AND ".join(_anywhere(word) for word in match.words)
    word = match.words[0]
    whole = match.how == "exact"
    ways = [f"{{n r}} : ^{_phrase(word.folded, whole)}"]
    ways += [f"k : ^{_phrase(key, whole)}" for key in word.romaji]
    return " OR ".join(ways)


def _anywhere(word: Word) -> str:
    ways = [f"{{n r o}} : {_phrase(word.folded)}", *(f"k : {_phrase(key)}" for key in word.romaji)]
    return f"({' OR '.join(ways)})"


def _phrase(text: str, whole: bool = False) -> str:
    words = " ".join(pairs(text) if whole else inner_pairs(text)).replace('"', "")
    return f'"{words}" *' if len(text) == 1 and not whole else f'"{words}"'
