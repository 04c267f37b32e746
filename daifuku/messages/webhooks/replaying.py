"""Tells a webhook once more what happened from some day or line on, as a job that goes on after a kill."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Min, QuerySet
from django.urls import reverse

from daifuku.foundation.calendar import moment_on
from daifuku.foundation.errors import NotFound
from daifuku.jobs.running import Running
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event
from daifuku.ledger.order import behind, up_to
from daifuku.ledger.sealing import settled
from daifuku.messages import holding
from daifuku.messages.models import Webhook
from daifuku.messages.webhooks import hearing, lining_up, narrowing, telling

REPLAY = holding.REPLAY
BATCH = 200


def lines_from(*, day: date | None = None, line: int | None = None) -> QuerySet[Event]:
    """In the order of the ledger, which on PostgreSQL is not that of the numbers."""
    events = settled()
    if day is not None:
        late = events.order_by().filter(at__gte=moment_on(day))
        first = late.aggregate(first=Min("txid"))["first"]
        return events.none() if first is None else events.filter(txid__gte=first, at__gte=moment_on(day))
    found = events.order_by("txid", "id").filter(pk__gte=line or 0).first()
    if found is None:
        return events.none()
    return events.filter(behind(found.txid, found.pk - 1))


def replay(running: Running) -> None:
    webhook = Webhook.objects.kept().filter(pk=running.payload["webhook"]).select_related("person").first()
    if webhook is None:
        raise NotFound
    running.result["url"] = reverse("messages:webhook", args=[webhook.uid])
    events = _lines(running, hearing.keys_of(hearing.about_records()), webhook)
    if running.job.total is None:
        running.expect(events.count())
    while not running.cancelled:
        txid, number = running.state.get("place", [0, 0])
        batch = list(telling.ready_to_tell(events.filter(behind(txid, number)))[:BATCH])
        if not batch:
            return
        _line_up(running, webhook, batch)


def _lines(running: Running, records: set[str], webhook: Webhook) -> QuerySet[Event]:
    """What there was when it began; what happened since is told anyway."""
    day, line = running.payload.get("day"), running.payload.get("line")
    found = lines_from(day=date.fromisoformat(day) if day else None, line=line)
    if "end" not in running.state:
        last = found.last()
        running.state["end"] = [last.txid, last.pk] if last else [0, 0]
    end: Any = running.state["end"]
    found = found.filter(up_to(*end))
    return found.filter(kind__in=set(webhook.kinds) or records)


def _line_up(running: Running, webhook: Webhook, batch: list[Event]) -> None:
    records = hearing.keys_of(hearing.about_records())
    from_the_start = Webhook(kinds=webhook.kinds, objects_heard=webhook.objects_heard)
    wanted = [event for event in batch if hearing.wants(from_the_start, event, records)]
    told = telling.lines_for(webhook, wanted)
    again, asked = narrowing.meeting(webhook, [event for event in wanted if event.pk in told])
    with ledger.writing():
        lining_up.once_more(webhook, again, unasked=not asked)
        running.state["place"] = [batch[-1].txid, batch[-1].pk]
        running.result["lined_up"] = running.result.get("lined_up", 0) + len(again)
        running.advance(len(batch))
