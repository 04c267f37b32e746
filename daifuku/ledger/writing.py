"""The write door's last step: the line that says what was done, in the same transaction as the doing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from daifuku.foundation.sql import write_transaction
from daifuku.foundation.sql.inserting import insert_rows
from daifuku.foundation.sql.txid import current_transaction
from daifuku.ledger import channel, kinds
from daifuku.ledger.models import Event, Subject
from daifuku.ledger.models.event import new_salt
from daifuku.ledger.remembering import remember

COLUMNS = ("txid", "at", "kind", "actor_id", "via", "cause_id", "undoes_id", "data", "salt")


def writing() -> AbstractContextManager[None]:
    """One transaction for a verb; a verb inside a verb joins it."""
    return write_transaction()


@dataclass(frozen=True)
class About:
    """A record that a line speaks of."""

    object: str
    record_id: int
    role: str = Subject.MAIN


@dataclass
class Line:
    """`cause` is another one than what all of them come of."""

    kind: str
    about: Sequence[About] = ()
    data: dict[str, Any] = field(default_factory=dict)
    undoes: Event | None = None
    cause: Event | None = None


def record(
    kind: str,
    *,
    by: Any,
    about: Iterable[About] = (),
    data: dict[str, Any] | None = None,
    undoes: Event | None = None,
) -> Event:
    """Writes one line and returns it. `by` is the acting person, or None for the program itself."""
    return record_many([Line(kind, list(about), data or {}, undoes)], by=by)[0]


def record_many(lines: Sequence[Line], *, by: Any) -> list[Event]:
    """Writes a line each, in bulk. Must be called inside `writing()`, so that no change goes without its line."""
    if not connection.in_atomic_block:
        raise RuntimeError("a ledger line is written inside ledger.writing()")
    now, at = channel.current(), channel.moment()
    txid, actor = current_transaction(), by.pk if by else None
    cause = now.cause.pk if now.cause else None
    rows = [
        (
            txid, at, kinds.get(line.kind).key, actor, now.via, line.cause.pk if line.cause else cause,
            line.undoes.pk if line.undoes else None, line.data, new_salt(),
        )
        for line in lines
    ]  # fmt: skip
    keys, alias = insert_rows(Event, COLUMNS, rows), connection.alias
    events = [
        Event.from_db(alias, ["id", *COLUMNS], [key, *row]) for key, row in zip(keys, rows, strict=True)
    ]
    insert_rows(
        Subject,
        ["event_id", "object", "record_id", "role"],
        [
            (event.pk, about.object, about.record_id, about.role)
            for event, line in zip(events, lines, strict=True)
            for about in line.about
        ],
    )
    remember(events, lines)
    return events
