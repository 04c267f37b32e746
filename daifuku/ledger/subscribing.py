"""Something happened, do something: subscribers read the ledger after the fact, each line at least once.

A subscriber's cursor turns new lines into deliveries in one transaction; deliveries are claimed by a conditional
UPDATE, so two workers never hold the same one, and tried again with growing pauses until they are dead letters.
Where the order counts, nothing is claimed: a worker that died would keep its line for a minute, and the next one would
pass it by. There the lines are handled one after the other, and the cursor follows them.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from daifuku.foundation.sql import write_transaction
from daifuku.ledger.models import Cursor, Delivery, Event
from daifuku.ledger.order import behind
from daifuku.ledger.sealing import settled

logger = logging.getLogger(__name__)
BATCH = 200
ATTEMPTS = 10
LEASE = timedelta(seconds=60)
EVERY = "*"
Concerns = Callable[[Event], bool]


@dataclass(frozen=True)
class Subscriber:
    """`handle(event)` must be idempotent. `kinds` are exact keys, or prefixes ending in a dot, or EVERY.

    `concerns(event)` looks at the line alone, without the database: what it passes over never becomes a delivery. An
    import writes tens of thousands of lines that hardly anybody needs to be told of. Where that depends on what people
    have set up, `interest()` is asked once for each portion of lines and gives the test for them.
    `in_order`: no line is handled before those that stand before it in the ledger were, whoever dies in between; only
    one that fails is tried again later, so that it does not hold up the others.
    """

    name: str
    kinds: tuple[str, ...]
    handle: Callable[[Event], None]
    concerns: Concerns = lambda event: True
    interest: Callable[[], Concerns] | None = None
    in_order: bool = False

    def hears(self, kind: str) -> bool:
        return any(
            kind.startswith(wanted) if wanted.endswith(".") else wanted in {kind, EVERY}
            for wanted in self.kinds
        )

    def wants(self) -> Q:
        wanted = Q()
        if EVERY in self.kinds:
            return wanted
        for kind in self.kinds:
            wanted |= Q(kind__startswith=kind) if kind.endswith(".") else Q(kind=kind)
        return wanted


_subscribers: dict[str, Subscriber] = {}


def subscribe(
    name: str,
    kinds: Iterable[str],
    handle: Callable[[Event], None],
    concerns: Concerns = lambda event: True,
    interest: Callable[[], Concerns] | None = None,
    *,
    in_order: bool = False,
) -> None:
    _subscribers[name] = Subscriber(name, tuple(kinds), handle, concerns, interest, in_order)


def every() -> list[Subscriber]:
    return [_subscribers[name] for name in sorted(_subscribers)]


def anything_waiting() -> bool:
    """Whether `deliver` has anything to do; only reads, so that an idle program leaves the disk alone."""
    cursors = list(Cursor.objects.filter(subscriber__in=_subscribers))
    if len(cursors) < len(_subscribers):
        return True
    newest = settled().last()
    if newest and any((each.txid, each.event_id) < (newest.txid, newest.pk) for each in cursors):
        return True
    return Delivery.objects.filter(
        state=Delivery.State.OPEN, due_at__lte=timezone.now(), subscriber__in=_subscribers
    ).exists()


def deliver() -> int:
    """Reads on for every subscriber and carries out what is due; returns how many lines were handled."""
    for subscriber in every():
        while not subscriber.in_order and _read_on(subscriber) == BATCH:
            pass
    done, going = 0, True
    while going:
        # By turns, so that a long import keeps neither waiting for the other.
        steps = [_walk_on(subscriber) for subscriber in every() if subscriber.in_order]
        carried = 0
        while carried < BATCH and _carry_out_one():
            carried += 1
        done += carried + sum(handled for _read, handled in steps)
        going = carried > 0 or any(read for read, _handled in steps)
    return done


def _read_on(subscriber: Subscriber) -> int:
    with write_transaction():
        cursor, fresh = Cursor.objects.select_for_update().get_or_create(subscriber=subscriber.name)
        if fresh:
            return _start_at_the_end(cursor)
        events = _ahead(cursor)
        if not events:
            return 0
        wanted = _wanted(subscriber, events)
        now = timezone.now()
        Delivery.objects.bulk_create(
            [Delivery(subscriber=subscriber.name, event=e, due_at=now) for e in events if e.pk in wanted],
            ignore_conflicts=True,
        )
        cursor.txid, cursor.event_id = events[-1].txid, events[-1].pk
        cursor.save()
    return len(events)


def _ahead(cursor: Cursor) -> list[Event]:
    found = settled().filter(behind(cursor.txid, cursor.event_id))
    return list(found.only("id", "txid", "kind")[:BATCH])


def _wanted(subscriber: Subscriber, events: list[Event]) -> dict[int, Event]:
    heard = Event.objects.filter(subscriber.wants(), pk__in=[event.pk for event in events])
    concerns = subscriber.interest() if subscriber.interest else subscriber.concerns
    return {event.pk: event for event in heard if concerns(event)}


def _walk_on(subscriber: Subscriber) -> tuple[int, int]:
    """Handles the next few lines one after the other, then moves the cursor behind them: whoever dies in between leaves
    them to be handled once more. Returns how many were read, and how many of them handled.
    """
    cursor = Cursor.objects.filter(subscriber=subscriber.name).first()
    if cursor is None:
        return _read_on(subscriber), 0
    events = _ahead(cursor)
    if not events:
        return 0, 0
    wanted = _wanted(subscriber, events)
    for event in events:
        if event.pk in wanted:
            _handle_in_turn(subscriber, wanted[event.pk])
    with write_transaction():
        seen = Cursor.objects.filter(pk=cursor.pk, txid=cursor.txid, event_id=cursor.event_id)
        seen.update(txid=events[-1].txid, event_id=events[-1].pk)
    return len(events), len(wanted)


def _handle_in_turn(subscriber: Subscriber, event: Event) -> None:
    try:
        subscriber.handle(event)
    except Exception:
        logger.exception("%s could not be told of line %s", subscriber.name, event.pk)
        with write_transaction():
            delivery, _fresh = Delivery.objects.get_or_create(
                subscriber=subscriber.name, event=event, defaults={"due_at": timezone.now(), "attempts": 1}
            )
        _put_back(delivery, traceback.format_exc())


def _start_at_the_end(cursor: Cursor) -> int:
    """A new subscriber hears of what happens from now on, not of the past."""
    last = settled().last()
    if last:
        cursor.txid, cursor.event_id = last.txid, last.pk
        cursor.save()
    return 0


def _carry_out_one() -> bool:
    now = timezone.now()
    candidate = (
        Delivery.objects.filter(state=Delivery.State.OPEN, due_at__lte=now, subscriber__in=_subscribers)
        .select_related("event")
        .order_by("due_at", "id")
        .first()
    )
    if candidate is None:
        return False
    if _claim(candidate, now):
        _handle(candidate)
    return True


def _claim(delivery: Delivery, now: datetime) -> bool:
    with write_transaction():
        taken = Delivery.objects.filter(
            pk=delivery.pk, state=Delivery.State.OPEN, due_at=delivery.due_at
        ).update(due_at=now + LEASE, attempts=delivery.attempts + 1)
    delivery.attempts += 1
    return taken == 1


def _handle(delivery: Delivery) -> None:
    try:
        _subscribers[delivery.subscriber].handle(delivery.event)
    except Exception:
        logger.exception("delivery %s failed", delivery)
        _put_back(delivery, traceback.format_exc())
        return
    with write_transaction():
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.DONE, error="")


def _put_back(delivery: Delivery, error: str) -> None:
    pause = timedelta(minutes=min(60, 2 ** (delivery.attempts - 1)))
    state = Delivery.State.DEAD if delivery.attempts >= ATTEMPTS else Delivery.State.OPEN
    with write_transaction():
        Delivery.objects.filter(pk=delivery.pk).update(
            state=state, due_at=timezone.now() + pause, error=error[-4000:]
        )
