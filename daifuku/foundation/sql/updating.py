"""Writes chosen columns of many rows back at once.

Django's bulk_update writes one CASE over all rows for each column: 13 ms a record with many columns. Here one
statement is prepared and carried out for each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from daifuku.foundation.sql.inserting import prepared_values, quoted


def update_many(records: Sequence[models.Model], names: Sequence[str]) -> None:
    """`names` are fields of the records' one model; what they hold is written. Inside a transaction."""
    if not records:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("rows are written back inside a transaction")
    meta = records[0]._meta
    fields: list[Any] = [meta.get_field(name) for name in names]
    rows = [[record.__dict__[field.attname] for field in fields] for record in records]
    values = prepared_values(fields, rows)
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quoted(meta.db_table)} SET {columns} WHERE id = %s",  # noqa: S608
            [[*row, record.pk] for row, record in zip(values, records, strict=True)],
        )
