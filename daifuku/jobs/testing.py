"""For tests: what the worker would do, done now and here."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from daifuku.jobs import queue, running
from daifuku.jobs.models import Job


def work_off(limit: int = 100) -> list[Job]:
    """Carries out the jobs that are due, also those that they put into the queue; returns them as they ended."""
    done: list[Job] = []
    while len(done) < limit and (job := queue.claim()) is not None:
        running.carry_out(job)
        job.refresh_from_db()
        done.append(job)
    return done


def make_due() -> None:
    """As if the pauses and leases of all open jobs were over."""
    Job.objects.filter(state__in=Job.OPEN).update(due_at=timezone.now() - timedelta(seconds=1))
