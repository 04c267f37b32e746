"""Lines of the ledger become deliveries: one for each webhook that wants to hear of it, however often it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID, uuid5

from django.utils import timezone

from daifuku.foundation.sql import write_transaction
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages import holding
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.webhooks import hearing, narrowing, telling

State = WebhookDelivery.State


def subscribe() -> None:
    subscribing.subscribe("messages.webhooks", [subscribing.EVERY], line_up, interest=interest, in_order=True)


def interest() -> Callable[[Event], bool]:
    """Asked once for a portion of lines: while nobody listens, nothing at all is written for webhooks."""
    records = hearing.keys_of(hearing.about_records())
    wanted: set[str] = set()
    for webhook in Webhook.objects.listening():
        wanted |= set(webhook.kinds) or records
    return lambda event: event.kind in wanted


def line_up(event: Event) -> None:
    if holding.is_left_out(event):
        return
    records = hearing.keys_of(hearing.about_records())
    heard = telling.ready_to_tell(Event.objects.filter(pk=event.pk)).get()
    for webhook in Webhook.objects.listening().select_related("person"):
        if hearing.wants(webhook, heard, records) and telling.lines_for(webhook, [heard]):
            met, asked = narrowing.meeting(webhook, [heard])
            put(webhook, met, unasked=not asked)


def uid_for(webhook: Webhook, event: Event) -> UUID:
    """Always the same, also where the delivery itself was forgotten: a receiver knows again what he has had."""
    return uuid5(webhook.uid, str(event.pk))


def put(webhook: Webhook, events: Sequence[Event], *, unasked: bool = False) -> None:
    """In the order of the ledger; what was lined up before stays as it is."""
    now = timezone.now()
    rows = [
        WebhookDelivery(
            uid=uid_for(webhook, event), webhook=webhook, event=event, txid=event.txid, kind=event.kind, due_at=now,
            unasked=unasked,
        )
        for event in events
    ]  # fmt: skip
    with write_transaction():
        WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)


def once_more(webhook: Webhook, events: Sequence[Event], *, unasked: bool = False) -> None:
    """As `put`, and what was sent before is sent again."""
    with write_transaction():
        put(webhook, events, unasked=unasked)
        rows = WebhookDelivery.objects.filter(webhook=webhook, event__in=[event.pk for event in events])
        begin_anew(rows.exclude(state=State.WAITING).values_list("pk", flat=True))


def begin_anew(keys: Iterable[int]) -> None:
    WebhookDelivery.objects.filter(pk__in=list(keys)).update(
        state=State.WAITING, attempts=0, due_at=timezone.now(), error="", detail=""
    )
