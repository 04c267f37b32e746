"""The write door's last step: the line that says what was done, in the same transaction as the doing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from daifuku.foundation.sql import TransactionId, write_transaction
from daifuku.ledger import channel, kinds
from daifuku.ledger.models import Event, Subject


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
    kind: str
    about: Sequence[About] = ()
    data: dict[str, Any] = field(default_factory=dict)
    undoes: Event | None = None


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
    events = []
    for line in lines:
        kinds.get(line.kind)
        events.append(
            Event(
                txid=TransactionId(), at=at, kind=line.kind, actor=by, via=now.via, cause=now.cause,
                undoes=line.undoes, data=line.data,
            )
        )  # fmt: skip
    Event.objects.bulk_create(events)
    Subject.objects.bulk_create(
        Subject(event=event, object=about.object, record_id=about.record_id, role=about.role)
        for event, line in zip(events, lines, strict=True)
        for about in line.about
    )
    return events
