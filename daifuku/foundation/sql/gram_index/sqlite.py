"""The index on SQLite: an FTS5 table whose words are pairs of characters, so that a phrase is a part of a text.

The last character stands alone at the end of each text: a phrase that ends with it ends where the text ends, and one
that begins with ^ begins where it begins. One character is looked for as the beginning of a pair (prefix index). How a
name or reading begins stands as a word of its own behind it: ^ alone would try every place of a frequent pair.

Each kind of record has a stretch of keys of its own, in which a row's key is that of its record: so the index alone
tells which records of one kind match.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

from django.db import connection

from daifuku.foundation.sql.gram_index.shape import Columns, Match, Word, inner_pairs, pairs, parted

CREATE = [
    "CREATE VIRTUAL TABLE record_search USING fts5(n, r, k, o, prefix='1', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER record_search_gone AFTER DELETE ON records_searchrow "
    "BEGIN DELETE FROM record_search WHERE rowid = old.id; END",
]
DROP = ["DROP TRIGGER record_search_gone", "DROP TABLE record_search"]
STRETCH = 1 << 36
# A character that nobody types and that FTS5 counts among the letters.
BEGINNING = "\ue000"
COLUMNS = "r.id, r.object, r.record_id, r.name, r.reading, r.romaji, r.others"
MERGED_PAGES = 500
# From so many matches on a list is walked instead of sorting them; from so many on without fetching them either.
SORTED, COMMON = 5_000, 100_000
# Whoever asks for a thousand in any order mostly finds them among so many.
FIRST = 5_000
INSERT_ROW = (
    "INSERT INTO records_searchrow (id, object, record_id, name, reading, romaji, others)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
INSERT_PAIRS = "INSERT OR REPLACE INTO record_search (rowid, n, r, k, o) VALUES (%s, %s, %s, %s, %s)"
MATCHING = (
    f"SELECT rowid %% {STRETCH} AS record, rowid AS id FROM record_search"  # noqa: S608
    " WHERE record_search MATCH %s AND rowid > %s AND rowid < %s ORDER BY rowid"
)


def first_key(object_key: str) -> int:
    """Where the stretch of this kind begins: 26 bits of its name, then 36 for records."""
    return crc32(object_key.encode()) % (1 << 26) * STRETCH


def insert(rows: Sequence[Columns]) -> None:
    """In the order of their keys: FTS5 writes down what it has gathered whenever a key is lower than the last one."""
    with connection.cursor() as cursor:
        keyed = sorted((first_key(row.object) + row.record_id, row) for row in rows)
        cursor.executemany(INSERT_ROW, [(key, *row) for key, row in keyed])
        cursor.executemany(INSERT_PAIRS, [(key, *_texts(row)) for key, row in keyed])


def forget_step(first: bool) -> bool:
    """FTS5 notes deletions and keeps the words until its parts are merged; this merges a few pages of all of them.

    A negative number begins the merging of everything into one part; whoever sees fewer than two changes is done.
    """
    with connection.cursor() as cursor:
        before = connection.connection.total_changes
        pages = -MERGED_PAGES if first else MERGED_PAGES
        cursor.execute("INSERT INTO record_search (record_search, rank) VALUES ('merge', %s)", [pages])
        return bool(connection.connection.total_changes - before >= 2)


def find(match: Match, objects: Sequence[str], after: int, passed: int, limit: int) -> tuple[str, list[Any]]:
    """The kinds take turns: their stretches are walked side by side, the record with the lowest key first."""
    parts, parameters = [], []
    for object_key in objects:
        parts.append(f"SELECT record, id FROM ({MATCHING} LIMIT %s)")  # noqa: S608
        parameters += [_expression(match), *_stretch(object_key, after), limit]
    inner = f"{' UNION ALL '.join(parts)} ORDER BY record, id LIMIT %s"
    sql = f"SELECT {COLUMNS} FROM ({inner}) f CROSS JOIN records_searchrow r ON r.id = f.id"  # noqa: S608
    return f"{sql} ORDER BY f.record, f.id", [*parameters, limit]


def look(match: Match, object_key: str) -> int:
    """How many match: the index alone counts a hundred thousand in some milliseconds."""
    sql, parameters = _keys(match, object_key)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql} LIMIT {COMMON})", parameters)  # noqa: S608
        return int(cursor.fetchone()[0])


def fetched(key: str, match: Match, object_key: str, number: int) -> tuple[str, list[Any]]:
    sql, parameters = _keys(match, object_key)
    return f"{key} IN ({sql})", parameters


def some(key: str, match: Match, object_key: str, number: int, most: int) -> tuple[str, list[Any]]:
    """The others are fetched only where the first ones do not suffice."""
    if number <= FIRST:
        return fetched(key, match, object_key, number)
    sql, parameters = _keys(match, object_key)
    first, others = f"{sql} LIMIT {FIRST}", f"{sql} LIMIT -1 OFFSET {FIRST}"
    return f"({key} IN ({first}) OR {key} IN ({others}))", [*parameters, *parameters]


def walked(key: str, match: Match, object_key: str, number: int) -> tuple[str, list[Any]]:
    """The plus keeps SQLite from fetching all that match. What very many have is looked up in each row itself."""
    if number <= SORTED:
        return fetched(key, match, object_key, number)
    if number < COMMON:
        sql, parameters = _keys(match, object_key)
        return f"+{key} IN ({sql})", parameters
    tests, parameters = [], []
    for word in match.words:
        looks = [(column, word.folded) for column in ("name", "reading", "others")]
        looks += [("romaji", text) for text in word.romaji]
        tests.append(f"({' OR '.join(f'instr(r.{column}, %s) > 0' for column, _text in looks)})")
        parameters += [text for _column, text in looks]
    row = f"SELECT 1 FROM records_searchrow r WHERE r.id = %s + {key} AND {' AND '.join(tests)}"  # noqa: S608
    return f"EXISTS ({row})", [first_key(object_key), *parameters]


def _keys(match: Match, object_key: str) -> tuple[str, list[Any]]:
    """A query for the keys of records that match."""
    return f"SELECT record FROM ({MATCHING})", [_expression(match), *_stretch(object_key)]  # noqa: S608


def _stretch(object_key: str, after: int = 0) -> tuple[int, int]:
    """Between these two lie the keys of a kind, behind `after` of whatever kind in the order of `find`."""
    first = first_key(object_key)
    same = first + after % STRETCH
    return (same if same <= after else same - 1), first + STRETCH


def _texts(row: Columns) -> list[str]:
    named = [
        f"{_text(text)} {BEGINNING}{text[:2]}" if text else "" for text in (row.name, row.reading, row.romaji)
    ]
    return [*named, _text(row.others)]


def _text(text: str) -> str:
    return " ".join([" ".join(pairs(part)) for part in parted(text)])


def _expression(match: Match) -> str:
    """An FTS5 query: `({n r o} : "橋製 製作")`; of a beginning `({n r} : "\ue000高橋" AND {n r} : ^"高橋 橋製")`."""
    if match.how == "anywhere":
        return " AND ".join(_anywhere(word) for word in match.words)
    word = match.words[0]
    whole = match.how == "exact"
    ways = [_beginning("{n r}", word.folded, whole)]
    ways += [_beginning("k", key, whole) for key in word.romaji]
    return " OR ".join(ways)


def _beginning(columns: str, text: str, whole: bool) -> str:
    start = text[:2].replace('"', "")
    begins = f'{columns} : "{BEGINNING}{start}"'
    if whole or len(text) > 2:
        return f"({begins} AND {columns} : ^{_phrase(text, whole)})"
    return f"{begins} *" if len(text) == 1 else begins


def _anywhere(word: Word) -> str:
    ways = [f"{{n r o}} : {_phrase(word.folded)}", *(f"k : {_phrase(key)}" for key in word.romaji)]
    return f"({' OR '.join(ways)})"


def _phrase(text: str, whole: bool = False) -> str:
    words = " ".join(pairs(text) if whole else inner_pairs(text)).replace('"', "")
    return f'"{words}" *' if len(text) == 1 and not whole else f'"{words}"'
