"""All records as they are compared, read a few thousand at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from daifuku.dedupe.matching.firm import firm_of
from daifuku.dedupe.matching.person import person_of
from daifuku.dedupe.models import Way
from daifuku.dedupe.values import ACCOUNT, CONTACT, LEAD, LEADS_FIRM
from daifuku.records.catalogue import registry

CHUNK = 2_000
OBJECTS = ("account", "contact", "lead")


class Row(NamedTuple):
    """`above` is the account that it belongs under."""

    object_key: str
    pk: int
    compared: Any
    above: int | None = None


def count(way: Way) -> int:
    return sum(
        _rows(key).count() for key in (("account", "lead") if way == Way.FIRM else ("contact", "lead"))
    )


def rows_of(way: Way) -> Iterator[Row]:
    if way == Way.FIRM:
        yield from _accounts()
        yield from _firms_of_leads()
    else:
        yield from _people("contact", CONTACT, "account__name")
        yield from _people("lead", LEAD, "company")


def _rows(object_key: str) -> Any:
    """Not the leads that are customers by now: account and contact stand in their place."""
    rows = registry.get(object_key).model.plain.filter(trashed_at__isnull=True).order_by("pk")
    return rows.filter(converted_at__isnull=True) if object_key == "lead" else rows


def _portions(object_key: str, *columns: str) -> Iterator[dict[str, Any]]:
    """By key, so that no cursor stays open while the progress is written."""
    rows, last = _rows(object_key).values("pk", *columns), 0
    while part := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield from part
        last = part[-1]["pk"]


def _accounts() -> Iterator[Row]:
    for row in _portions("account", "parent_id", *ACCOUNT):
        yield Row("account", row["pk"], firm_of(row), row["parent_id"])


def _firms_of_leads() -> Iterator[Row]:
    for row in _portions("lead", *LEADS_FIRM):
        yield Row("lead", row["pk"], firm_of({name: row[own] for own, name in LEADS_FIRM.items()}))


def _people(object_key: str, fields: tuple[str, ...], company: str) -> Iterator[Row]:
    for row in _portions(object_key, *{*fields, company}):
        row["company"] = row[company]
        if row.get("birthday"):
            row["birthday"] = str(row["birthday"])
        yield Row(object_key, row["pk"], person_of(row))
