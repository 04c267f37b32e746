"""Makes the firm as old as it would be: what was filled within an hour came over three years, and its lines did too.

Otherwise a report of yesterday would find a million new customers. Only before the ledger is sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from daifuku.activities.models import Plan, Talk, Task
from daifuku.cli.bench.activities import DAYS
from daifuku.customers.models import Account, Contact, Lead
from daifuku.records.models import Record

BATCH = 10_000
MODELS: tuple[type[Record], ...] = (Account, Contact, Lead, Plan, Task, Talk)
LATE = (5, 10, 20, 90, 1_500)


def age() -> None:
    with transaction.atomic():
        for model in MODELS:
            _move(model, _soon_after() if model is Talk else _somewhen(model))
            _take_lines_along(model)


def _somewhen(model: type[Record]) -> Iterator[tuple[datetime, int]]:
    random, now = Random(model.__name__), timezone.now()  # noqa: S311 - the same every time
    keys = model._meta.base_manager.order_by("pk").values_list("pk", flat=True).iterator()
    return ((now - timedelta(minutes=random.randrange(DAYS * 1440)), key) for key in keys)


def _soon_after() -> Iterator[tuple[datetime, int]]:
    """Talks are written down some minutes after they ended, a few much too late, none in the future."""
    random, now = Random("late"), timezone.now()  # noqa: S311 - the same every time
    for key, end in Talk.plain.order_by("pk").values_list("pk", "ended_at").iterator():
        yield min(now, (end or now) + timedelta(minutes=random.choice(LATE))), key


def _move(model: type[Record], moments: Iterator[tuple[datetime, int]]) -> None:
    table, adapt = model._meta.db_table, connection.ops.adapt_datetimefield_value
    sql = f"UPDATE {table} SET created_at = %s, updated_at = %s WHERE id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        while batch := list(islice(moments, BATCH)):
            cursor.executemany(sql, [(adapt(at), adapt(at), key) for at, key in batch])


def _take_lines_along(model: type[Record]) -> None:
    """The line that says that a record was created, is of the moment in which it was."""
    sql = (
        f"UPDATE ledger_event SET at = (SELECT r.created_at FROM {model._meta.db_table} r"  # noqa: S608
        " JOIN ledger_subject s ON s.record_id = r.id"
        " WHERE s.event_id = ledger_event.id AND s.object = %s AND s.role = 'main') WHERE kind = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [model.object_key, f"{model.object_key}.created"])
