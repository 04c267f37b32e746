"""Through which door somebody came in, and because of what: set by the doors, read by the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from daifuku.ledger.models import Event

CHANNELS = frozenset({"page", "phone", "api", "import", "rule", "job", "command", "mail", "system"})


@dataclass(frozen=True)
class Channel:
    via: str = "system"
    cause: Event | None = None
    at: datetime | None = None
    entered_at: datetime | None = None


PROGRAM = Channel()
_channel: ContextVar[Channel] = ContextVar("ledger_channel", default=PROGRAM)


def current() -> Channel:
    return _channel.get()


def moment() -> datetime:
    """The time that what is done now bears: the clock's, unless somebody tells of the past."""
    return _channel.get().at or timezone.now()


def entered_at() -> datetime | None:
    """When what is done now was typed into a phone that had no signal, where one says so."""
    return _channel.get().entered_at


@contextmanager
def through(
    via: str | None = None,
    *,
    cause: Event | None = None,
    at: datetime | None = None,
    entered_at: datetime | None = None,
) -> Iterator[None]:
    """Lines written inside came in by this door (and, with `cause`, because of that line).

    `at` tells of the past: for the demo's two years and for tests alone. The chain goes by the order of writing.
    """
    now = _channel.get()
    if via is not None and via not in CHANNELS:
        raise ValueError(f"unknown channel {via!r}")
    told = replace(
        now,
        via=via or now.via,
        cause=cause or now.cause,
        at=at or now.at,
        entered_at=entered_at or now.entered_at,
    )
    token = _channel.set(told)
    try:
        yield
    finally:
        _channel.reset(token)
