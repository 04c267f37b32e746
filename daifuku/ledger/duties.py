"""What the worker does for the ledger: seal, tell subscribers, prove the chain at night, forget old answers."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from datetime import time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.sql import write_transaction
from daifuku.jobs import handlers, queue, schedule
from daifuku.jobs.models import Job
from daifuku.jobs.running import Running
from daifuku.ledger import anchoring, channel, sealing, subscribing
from daifuku.ledger.models import IdempotentRequest

logger = logging.getLogger(__name__)
VERIFY = "ledger.verify"
ANSWERS_KEPT = timedelta(days=7)


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
    schedule.register("ledger.answers", every=timedelta(days=1), at=time(3, 30), run=forget_old_answers)


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


def forget_old_answers() -> None:
    """A client that has not asked again within a week will not."""
    old = IdempotentRequest.objects.filter(at__lt=timezone.now() - ANSWERS_KEPT).order_by("id")
    while keys := list(old.values_list("pk", flat=True)[:500]):
        with write_transaction():
            IdempotentRequest.objects.filter(pk__in=keys).delete()
