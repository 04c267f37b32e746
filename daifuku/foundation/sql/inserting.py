"""Writes thousands of new rows at once.

Django's bulk_create spends most of an import's time on preparing values that need no preparing. Here only the columns
that do are prepared, and the keys are taken beforehand, so that rows that name one another need no answer in between.

SQLite:     INSERT INTO t (id, a, b) VALUES (?, ?, ?), many times with one statement; the keys count on from
            sqlite_sequence, which nobody else moves inside a write transaction.
PostgreSQL: COPY t (id, a, b) FROM STDIN; the keys are taken from the table's sequence. A few rows (those of one edit)
            go in one statement that answers their keys: COPY speaks with the server four times.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import connection, connections, models

PLAIN = (
    models.IntegerField,
    models.BooleanField,
    models.FloatField,
    models.ForeignKey,
    models.AutoField,
)
FEW = 20
# Japanese takes half of the room that its escapes would take.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Convert = Callable[[Any], Any]


def insert_many(records: Sequence[models.Model]) -> None:
    """New records of one model, with all that Django needs to know that they are saved. Inside a transaction."""
    if not records:
        return
    fields = _fields(type(records[0]))
    columns = [field.attname for field in fields]
    rows = []
    for record in records:
        values = record.__dict__
        rows.append([values[column] for column in columns])
    keys, alias = insert_rows(type(records[0]), columns, rows), connection.alias
    for record, key in zip(records, keys, strict=True):
        record.pk = key
        record._state.adding, record._state.db = False, alias


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Sequence[int]:
    """Rows of values in the order of `columns` (attribute names, all but the key); returns their keys."""
    if not connection.in_atomic_block:
        raise RuntimeError("rows are inserted inside a transaction")
    by_name = {field.attname: field for field in _fields(model)}
    chosen = [by_name[column] for column in columns]
    prepared = prepared_values(chosen, rows)
    if not prepared:
        return []
    table = model._meta.db_table
    if connection.vendor == "postgresql" and len(prepared) <= FEW:
        return _insert_few(table, [field.column for field in chosen], prepared)
    keys = _take_keys(table, len(prepared))
    names = ", ".join(quoted(name) for name in ["id", *(field.column for field in chosen)])
    if connection.vendor == "postgresql":
        _copy(f"COPY {quoted(table)} ({names}) FROM STDIN", keys, prepared)
    else:
        places = ", ".join(["%s"] * (len(chosen) + 1))
        _execute(f"INSERT INTO {quoted(table)} ({names}) VALUES ({places})", keys, prepared)  # noqa: S608
    return keys


def prepared_values(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Rows of values in the order of `fields`, as this database takes them."""
    converters = [(n, convert) for n, field in enumerate(fields) if (convert := _converter(field))]
    prepared = []
    for row in rows:
        values = list(row)
        for number, convert in converters:
            values[number] = convert(values[number])
        prepared.append(values)
    return prepared


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _converter(field: Any) -> Convert | None:
    """None where the value goes as it is; defaults of the database are not ours to know, so every column is given."""
    if isinstance(field, PLAIN):
        return None
    if isinstance(field, models.CharField | models.TextField):
        return _as_text
    if isinstance(field, models.DateTimeField):
        return _moments(field)
    here = connections[connection.alias]
    if here.vendor == "sqlite" and isinstance(field, models.UUIDField):
        return attrgetter("hex")
    if here.vendor == "sqlite" and isinstance(field, models.JSONField) and not (field.encoder or field.null):
        return _json
    return lambda value: field.get_db_prep_save(value, here)


def _as_text(value: Any) -> Any:
    return value if type(value) is str or value is None else str(value)


def _moments(field: Any) -> Convert:
    """Thousands of rows are made in the same instant."""
    last: tuple[datetime | None, Any] = (None, None)
    here = connections[connection.alias]

    def convert(value: datetime | None) -> Any:
        nonlocal last
        if value is None:
            return None
        if value is not last[0]:
            last = (value, field.get_db_prep_save(value, here))
        return last[1]

    return convert


def _take_keys(table: str, count: int) -> Sequence[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Named in a question of its own: the server would look it up again for every key.
            cursor.execute(
                "SELECT nextval(s.name::regclass) FROM generate_series(1, %s),"
                " (SELECT pg_get_serial_sequence(%s, 'id') AS name OFFSET 0) AS s",
                [count, quoted(table)],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return range(first, first + count)


def _insert_few(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Sequence[int]:
    names = ", ".join(quoted(column) for column in columns)
    one = f"({', '.join(['%s'] * len(columns))})"
    values = ", ".join([one] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quoted(table)} ({names}) VALUES {values} RETURNING id",  # noqa: S608
            [value for row in rows for value in row],
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(statement: str, keys: Sequence[int], rows: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for key, row in zip(keys, rows, strict=True):
            copy.write_row([key, *row])


def _execute(statement: str, keys: Sequence[int], rows: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[key, *row] for key, row in zip(keys, rows, strict=True)])
