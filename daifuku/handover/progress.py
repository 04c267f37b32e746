"""The job that carries a hand-over out, or takes it back: how far it is stands on the page of the hand-over."""

from __future__ import annotations

from daifuku.handover.models import Handover
from daifuku.handover.models.handover import State
from daifuku.jobs.models import Job


def job_of(handover: Handover) -> Job | None:
    """The newest of its jobs; None before its day."""
    attempt = handover.result.get("attempt", 0)
    ends = (State.UNDONE, State.RETURNED) if handover.state not in {State.RUNNING, State.PLANNED} else ()
    keys = [f"handover:{handover.pk}:{word}" for word in (attempt, *ends)]
    found: Job | None = Job.objects.filter(key__in=keys).order_by("-pk").first()
    return found
