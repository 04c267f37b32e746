"""The index on PostgreSQL: an array of pairs of characters under GIN, and a second look at the texts themselves.

Beside the pairs the array holds each character (for words of one character), `^` with the first one and two characters
of a text, `=` with a whole text, and `@` with the kind of record: so the index alone tells which records of one kind
match.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from daifuku.foundation.sql.gram_index.shape import Columns, Match, Word, inner_pairs, pairs, parted

CREATE = [
    "ALTER TABLE records_searchrow ADD COLUMN grams text[] NOT NULL DEFAULT '{}'",
    "CREATE INDEX record_search_grams ON records_searchrow USING gin (grams)",
]
DROP = ["DROP INDEX record_search_grams", "ALTER TABLE records_searchrow DROP COLUMN grams"]
COLUMNS = "r.id, r.object, r.record_id, r.name, r.reading, r.romaji, r.others"
GIVEN = "records_searchrow (object, record_id, name, reading, romaji, others, grams)"
# COPY speaks with the server four times: not worth it for the rows of one edit.
FEW = 20
LONGEST_WHOLE = 200
# Of so many matches the keys are fetched once, for all questions of a list.
SORTED = 10_000
# Among so many of them a list that says "more than a thousand" looks for those that are visible.
FIRST = 3_000


def insert(rows: Sequence[Columns]) -> None:
    given = [(*row, _grams(row)) for row in rows]
    if not given:
        return
    with connection.cursor() as cursor:
        if len(given) <= FEW:
            places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(given))
            cursor.execute(f"INSERT INTO {GIVEN} VALUES {places}", [value for row in given for value in row])  # noqa: S608
            return
        with cursor.copy(f"COPY {GIVEN} FROM STDIN") as copy:
            for row in given:
                copy.write_row(row)


def forget_step(first: bool) -> bool:
    """The pairs stand in the row itself and go with it when the table is vacuumed, which the server does by itself."""
    return False


def find(match: Match, objects: Sequence[str], after: int, passed: int, limit: int) -> tuple[str, list[Any]]:
    """The index of pairs is asked in any case, alone, and no further than `limit`: with an order by the key the planner
    would walk all rows, as he knows nothing of rare words (seven seconds of four million).
    """
    test, parameters = {"exact": _exact, "starts": _starts, "anywhere": _anywhere}[match.how](match)
    sql = f"SELECT {COLUMNS} FROM records_searchrow r WHERE {test}"  # noqa: S608
    sql = f"WITH r AS MATERIALIZED ({sql}) SELECT * FROM r WHERE object = ANY(%s) LIMIT %s OFFSET %s"  # noqa: S608
    return sql, [*parameters, list(objects), limit, passed]


class Seen(NamedTuple):
    """The keys of the first matches: all of them where they are `whole`, else so many of the very first are visible."""

    keys: list[int]
    whole: bool
    shown: int = 0

    @property
    def first(self) -> Seen:
        return Seen(self.keys[:FIRST], whole=True)


def look(match: Match, object_key: str) -> Seen:
    """Fetched by the index in any case: whoever asks for some of what seems to be frequent is led through all rows."""
    sql, parameters = _keys(match, object_key)
    with connection.cursor() as cursor:
        sql = f"WITH found AS MATERIALIZED ({sql}) SELECT record_id FROM found LIMIT {SORTED}"  # noqa: S608
        cursor.execute(sql, parameters)
        keys = [key for (key,) in cursor.fetchall()]
    return Seen(keys, len(keys) < SORTED)


def fetched(key: str, match: Match, object_key: str, seen: Seen) -> tuple[str, list[Any]]:
    """If these are all of them, they are named; how to find more the planner knows by its statistics."""
    if seen.whole:
        return f"{key} = ANY(%s)", [seen.keys]
    test, parameters = _anywhere(match)
    sql = f"SELECT r.record_id FROM records_searchrow r WHERE {test} AND r.object = %s"  # noqa: S608
    return f"{key} IN ({sql})", [*parameters, object_key]


def some(key: str, match: Match, object_key: str, seen: Seen, most: int) -> tuple[str, list[Any]]:
    """Where enough of the first ones are visible, nobody asks for the others."""
    return fetched(key, match, object_key, seen.first if most <= seen.shown else seen)


def walked(key: str, match: Match, object_key: str, seen: Seen) -> tuple[str, list[Any]]:
    """Of what many have, a row of the list is soon found; each is looked up by its kind and key. Its texts are quicker
    read than its array of pairs.
    """
    if seen.whole:
        return fetched(key, match, object_key, seen)
    tests, parameters = [], []
    for word in match.words:
        test, values = _inside(word)
        tests.append(test)
        parameters += values
    found = f"r.object = %s AND r.record_id = {key} AND {' AND '.join(tests)}"
    return f"(SELECT true FROM records_searchrow r WHERE {found})", [object_key, *parameters]  # noqa: S608


def _keys(match: Match, object_key: str) -> tuple[str, list[Any]]:
    """A query for the keys of records that match."""
    test, parameters = _anywhere(match, f"@{object_key}")
    return f"SELECT r.record_id FROM records_searchrow r WHERE {test}", parameters  # noqa: S608


def _grams(row: Columns) -> str:
    """The array as PostgreSQL writes it: folded texts have no quotes, and psycopg would take three times as long."""
    grams = {f"@{row.object}"}
    for part in parted(row.others):
        grams.update(pairs(part), part)
    for text in (row.name, row.reading, row.romaji):
        for part in parted(text):
            grams.update(
                pairs(part),
                part,
                (
                    f"^{part[:1]}",
                    f"^{part[:2]}",
                    f"={part[:LONGEST_WHOLE]}",
                ),
            )
    inside = '","'.join(grams)
    return f'{{"{inside}"}}'


def _exact(match: Match) -> tuple[str, list[Any]]:
    word = match.words[0]
    return "r.grams && %s::text[]", [[f"={text[:LONGEST_WHOLE]}" for text in (word.folded, *word.romaji)]]


def _starts(match: Match) -> tuple[str, list[Any]]:
    word = match.words[0]
    test = "(r.grams @> %s::text[] AND (starts_with(r.name, %s) OR starts_with(r.reading, %s)))"
    tests, parameters = [test], [_beginning(word.folded), word.folded, word.folded]
    for key in word.romaji:
        tests.append("(r.grams @> %s::text[] AND starts_with(r.romaji, %s))")
        parameters += [_beginning(key), key]
    return f"({' OR '.join(tests)})", parameters


def _beginning(text: str) -> list[str]:
    return [f"^{text[:2]}", *inner_pairs(text)]


def _anywhere(match: Match, *more: str) -> tuple[str, list[Any]]:
    tests, parameters = [], []
    for word in match.words:
        test, values = _word(word, more)
        tests.append(test)
        parameters += values
    return " AND ".join(tests), parameters


def _word(word: Word, more: Sequence[str]) -> tuple[str, list[Any]]:
    tests, parameters = [], []
    for looked, text in _looks(word):
        tests.append(f"(r.grams @> %s::text[] AND {looked})")
        parameters += [[*inner_pairs(text), *more], *[text] * looked.count("%s")]
    return f"({' OR '.join(tests)})", parameters


def _inside(word: Word) -> tuple[str, list[Any]]:
    """The same, asked of the texts alone."""
    looks = _looks(word)
    parameters = [text for looked, text in looks for _place in range(looked.count("%s"))]
    return f"({' OR '.join(looked for looked, _text in looks)})", parameters


def _looks(word: Word) -> list[tuple[str, str]]:
    """Where a word may stand, and how it is written there."""
    inside = " OR ".join(f"strpos(r.{column}, %s) > 0" for column in ("name", "reading", "others"))
    return [(f"({inside})", word.folded), *(("strpos(r.romaji, %s) > 0", key) for key in word.romaji)]
