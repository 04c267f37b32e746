"""For the tests of webhooks: a real receiver on this machine, and the worker's turns carried out here and now."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from daifuku.ledger import subscribing
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.webhooks import sending
from tests.support.receiver import Receiver


def work_off() -> None:
    """What the worker would do: read the ledger on, then send until nothing is due."""
    subscribing.deliver()
    while sending.one_turn():
        pass


def make_due() -> None:
    """As if the pauses of all deliveries and receivers were over."""
    then = timezone.now() - timedelta(seconds=1)
    WebhookDelivery.objects.filter(state="waiting").update(due_at=then)
    Webhook.objects.update(rests_until=None)


def told(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(got.body) for got in receiver.got]


def kinds_told(receiver: Receiver) -> list[str]:
    return [body["kind"] for body in told(receiver)]
