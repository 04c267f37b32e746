"""What the worker does for the ledger: seal, tell subscribers, prove the chain at night, forget what is past use."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from datetime import time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.sql import write_transaction
from daifuku.jobs import handlers, queue, schedule
from daifuku.jobs.models import Job
from daifuku.jobs.running import Running
from daifuku.ledger import anchoring, channel, sealing, subscribing
from daifuku.ledger.models import Delivery, IdempotentRequest

logger = logging.getLogger(__name__)
VERIFY = "ledger.verify"
ANSWERS_KEPT = timedelta(days=3)
DELIVERIES_KEPT = timedelta(days=30)


def register() -> None:
    handlers.around.append(_by_the_jobs_door)
    handlers.register(VERIFY, verify)
    schedule.register(
        "ledger.seal",
        every=timedelta(seconds=5),
        run=anchoring.seal_and_anchor,
        wanted=sealing.anything_waiting,
    )
    schedule.register(
        "ledger.deliver",
        every=timedelta(seconds=1),
        run=subscribing.deliver,
        wanted=subscribing.anything_waiting,
    )
    schedule.register(VERIFY, every=timedelta(days=1), at=time(2, 30), run=enqueue_verify)
    schedule.register(
        "ledger.answers", every=timedelta(hours=1), run=forget_old_answers, wanted=has_old_answers
    )
    schedule.register("ledger.told", every=timedelta(days=1), at=time(3, 30), run=forget_what_was_told)


def _by_the_jobs_door(job: Job) -> AbstractContextManager[None]:
    return channel.through("job")


def enqueue_verify() -> None:
    """As a job: at a million lines it takes minutes, and what is due every second must not wait for it."""
    day = timezone.localdate()
    queue.enqueue(VERIFY, {}, by=None, title=_("台帳の検証"), key=f"{VERIFY}:{day:%Y-%m-%d}")


def verify(running: Running) -> None:
    """A broken chain is an error in the log, where whoever runs the program looks."""
    findings = anchoring.verify_against_anchor()
    running.result["findings"] = len(findings)
    for finding in findings[:20]:
        logger.error(
            "the ledger's chain is broken at position %s, line %s: %s",
            finding.position,
            finding.event_id,
            finding.problem,
        )


def old_answers() -> QuerySet[IdempotentRequest]:
    return IdempotentRequest.objects.filter(at__lt=timezone.now() - ANSWERS_KEPT)


def has_old_answers() -> bool:
    return old_answers().exists()


def forget_old_answers() -> None:
    """Nobody asks again after three days, and the answers hold personal data."""
    _delete(old_answers())


def forget_what_was_told() -> None:
    """Deliveries that arrived a month ago; those that were given up stay, because somebody may look why."""
    _delete(Delivery.objects.filter(state=Delivery.State.DONE, due_at__lt=timezone.now() - DELIVERIES_KEPT))


def _delete(rows: QuerySet[Any]) -> None:
    """In portions, so that others write in between."""
    while keys := list(rows.order_by("id").values_list("pk", flat=True)[:500]):
        with write_transaction():
            rows.model._default_manager.filter(pk__in=keys).delete()
