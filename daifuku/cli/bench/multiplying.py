"""Copies everything that the firm keeps inside the database, under other names and numbers.

Every row gets a new key (the old one and a multiple of the table's last), what points to it the same; firms get another
name and phone number, in their search rows and keys of doubles as well. The ledger is sealed afterwards, as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, models, transaction

from daifuku.activities.models import Plan, Talk, Task
from daifuku.cli.bench.invented import BRANCHES
from daifuku.customers.models import Account, Affiliation, Contact, Lead
from daifuku.deals.models import Deal
from daifuku.foundation.japanese import fold
from daifuku.foundation.sql import gram_index
from daifuku.foundation.sql.txid import current_transaction
from daifuku.ledger.models import Event, Subject
from daifuku.records.models import DuplicateKey, SearchRow

OBJECTS: dict[str, type[models.Model]] = {
    "account": Account, "contact": Contact, "lead": Lead, "deal": Deal, "plan": Plan, "talk": Talk, "task": Task,
}  # fmt: skip
COPIED: list[type[models.Model]] = [
    Account, Contact, Affiliation, Lead, Deal, Plan, Talk, Task, DuplicateKey, Event, Subject,
]  # fmt: skip
# Away while rows are copied on PostgreSQL, and made at once afterwards.
GRAMS = "record_search_grams"


def hurry() -> None:
    """For a connection that only fills: it waits neither for the disk nor for a time limit."""
    if _postgresql():
        _execute("SET statement_timeout = 0")
        _execute("SET synchronous_commit = off")
    else:
        _execute("PRAGMA synchronous=OFF")
        _execute("PRAGMA cache_size=-500000")


class Multiplying:
    """Made when the first firm stands; `told(text)` says how far it is."""

    def __init__(self, *, told: Callable[[str], None]) -> None:
        self._told = told
        self._last = {model: _newest(model) for model in COPIED}
        hurry()
        if _postgresql():
            _execute(f"DROP INDEX {GRAMS}")

    def copy(self, number: int) -> None:
        """The `number`-th copy of what was there first."""
        with transaction.atomic():
            for model in COPIED:
                self._told(f"copy {number}: {model._meta.verbose_name:40}")
                self._copy(model, number)
            self._told(f"copy {number}: {'search rows':40}")
            gram_index.insert(list(self._search_rows(number)))

    def finish(self) -> None:
        """Keys count on behind the copies, and the index stands again."""
        if not _postgresql():
            return
        for model in COPIED:
            table = model._meta.db_table
            _execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
        _execute("SET maintenance_work_mem = '512MB'")
        _execute(f"CREATE INDEX {GRAMS} ON records_searchrow USING gin (grams)")

    def _copy(self, model: type[models.Model], number: int) -> None:
        table, columns = model._meta.db_table, [str(field.column) for field in model._meta.concrete_fields]
        values = ", ".join(self._value(model, column, number) for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        _execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id <= {self._last[model]} ORDER BY id"  # noqa: S608
        )

    def _value(self, model: type[models.Model], column: str, number: int) -> str:
        """One column of a copy, as SQL."""
        if changed := _CHANGED.get((model, column)):
            return changed(number)
        if column == "id":
            return f"id + {self._shift(model, number)}"
        if column == "record_id":
            cases = " ".join(
                f"WHEN '{key}' THEN {self._shift(each, number)}" for key, each in OBJECTS.items()
            )
            return f"record_id + CASE object {cases} ELSE 0 END"
        field = next(field for field in model._meta.concrete_fields if field.column == column)
        target: Any = field.related_model
        return f'"{column}" + {self._shift(target, number)}' if target in COPIED else f'"{column}"'

    def _shift(self, model: type[models.Model], number: int) -> int:
        return number * self._last[model]

    def _search_rows(self, number: int) -> Iterator[gram_index.Columns]:
        more = fold(_branch(number))
        for object_key, model in OBJECTS.items():
            rows = SearchRow.objects.filter(object=object_key, record_id__lte=self._last[model])
            for row in rows.order_by("record_id"):
                name, others = row.name, row.others
                if model is Account:
                    name = f"{name}{more}"
                    others = f"{others[:6]}{_ending(row.record_id, number)}{others[10:]}"
                key = row.record_id + self._shift(model, number)
                yield gram_index.Columns(object_key, key, name, row.reading, row.romaji, others)


def _branch(number: int) -> str:
    return f"{BRANCHES[number % len(BRANCHES)]}{number}"


def _ending(key: int, number: int) -> str:
    """The last four digits of a phone number: other ones in every copy."""
    return f"{(key * 31 + number * 7919) % 10000:04d}"


def _uid(number: int) -> str:
    """The same time and chance but for twelve bits, and marked as of our own making (version 8): none is equal to one
    of the first, which differ in their last bits alone where they come from one batch.
    """
    text = "replace(CAST(uid AS text), '-', '')"
    made = f"substr({text}, 1, 12) || '8{number:03x}' || substr({text}, 17)"
    return f"CAST({made} AS uuid)" if _postgresql() else made


def _named(column: str, more: str) -> str:
    return f"substr(\"{column}\" || '{more}', 1, 200)"


def _numbered(column: str, key: str, number: int) -> str:
    ending = f"substr(CAST(10000 + ({key} * 31 + {number * 7919}) % 10000 AS text), 2)"
    return f'substr("{column}", 1, length("{column}") - 4) || {ending}'


def _double(number: int) -> str:
    return (
        f"CASE WHEN object = 'account' AND kind = 'name' THEN {_named('key', fold(_branch(number)))}"
        f" WHEN object = 'account' AND kind = 'phone' THEN {_numbered('key', 'record_id', number)} ELSE key END"
    )


_CHANGED: dict[tuple[type[models.Model], str], Callable[[int], str]] = {
    **{(model, "uid"): _uid for model in OBJECTS.values()},
    (Account, "name"): lambda number: _named("name", f" {_branch(number)}"),
    (Account, "name_key"): lambda number: _named("name_key", fold(_branch(number))),
    (Account, "phone"): lambda number: _numbered("phone", "id", number),
    (DuplicateKey, "key"): _double,
    (Event, "txid"): lambda number: str(current_transaction()),
}


def _newest(model: type[models.Model]) -> int:
    newest = model._meta.base_manager.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def _postgresql() -> bool:
    return connection.vendor == "postgresql"


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
