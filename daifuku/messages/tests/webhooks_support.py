"""For the tests of webhooks: a real receiver on this machine, and the worker's turns carried out here and now."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

from django.utils import timezone

from daifuku.jobs import testing
from daifuku.jobs.models import Job
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.ledger.sealing import settled
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.webhooks import sending
from tests.support.receiver import Receiver


def work_off() -> None:
    """What the worker would do: read the ledger on, then send until nothing is due."""
    read_on()
    while sending.one_turn():
        pass


def read_on() -> None:
    """The ledger alone: what happened waits to be sent."""
    wait_until_settled()
    subscribing.deliver()


def work_off_jobs() -> list[Job]:
    wait_until_settled()
    return testing.work_off()


def wait_until_settled() -> None:
    """On PostgreSQL a line is read once no older transaction of the server runs any more, its housekeeping included."""
    end = time.monotonic() + 20
    while settled().count() < Event.objects.count() and time.monotonic() < end:
        time.sleep(0.02)


def make_due() -> None:
    """As if the pauses of all deliveries and receivers were over."""
    then = timezone.now() - timedelta(seconds=1)
    WebhookDelivery.objects.filter(state="waiting").update(due_at=then)
    Webhook.objects.update(rests_until=None)


def told(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(got.body) for got in receiver.got]


def kinds_told(receiver: Receiver) -> list[str]:
    return [body["kind"] for body in told(receiver)]
