"""What of deliveries is forgotten: after a month what arrived, after three what did not, at once what was erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from daifuku.foundation.sql import write_transaction
from daifuku.messages.models import WebhookDelivery

State = WebhookDelivery.State
ARRIVED_KEPT, OTHERS_KEPT = timedelta(days=30), timedelta(days=90)


def clean() -> None:
    now = timezone.now()
    old = Q(state=State.DONE, created_at__lt=now - ARRIVED_KEPT) | Q(created_at__lt=now - OTHERS_KEPT)
    rows = WebhookDelivery.objects.filter(old).order_by("id")
    while keys := list(rows.values_list("pk", flat=True)[:500]):
        with write_transaction():
            WebhookDelivery.objects.filter(pk__in=keys).delete()


def forget_words(events: Any) -> None:
    """Of a person whose data were erased, what was sent and answered does not tell either."""
    WebhookDelivery.objects.filter(event__in=events).update(body="", answer="")
