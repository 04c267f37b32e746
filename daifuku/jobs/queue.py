"""Jobs are put here, taken from here, and brought back or finished; every step is one conditional UPDATE.

Two workers may look at the same job; the UPDATE names the state that was seen, so only one of them changes a row.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict
from daifuku.foundation.sql import write_transaction
from daifuku.jobs import handlers, leases
from daifuku.jobs.models import Job

ATTEMPTS = 10
LONGEST_PAUSE = timedelta(minutes=60)
KEPT = timedelta(days=90)
LOOK_AHEAD = 20


def enqueue(kind: str, payload: dict[str, Any], *, by: Any, title: str, key: str = "") -> Job:
    """Puts a job into the queue; inside `writing()` it is there exactly when the rest of the verb is.

    A second job with the same `key` is not made: the first one is returned, whatever has become of it.
    """
    if handlers.find(kind) is None:
        raise LookupError(f"nobody handles jobs of the kind {kind}")
    values = {"kind": kind, "payload": payload, "by": by, "title": str(title)[:200]}
    with write_transaction():
        if not key:
            job: Job = Job.objects.create(**values)
            return job
        job, _fresh = Job.objects.get_or_create(key=key, defaults=values)
        return job


def claim() -> Job | None:
    """The next job that is due, now held by the caller; None when there is nothing to do."""
    due = Job.objects.filter(state__in=Job.OPEN, due_at__lte=timezone.now(), kind__in=handlers.kinds())
    for job in due.select_related("by").order_by("due_at", "id")[:LOOK_AHEAD]:
        if _take(job) and not _is_over(job):
            return job
    return None


def _take(job: Job) -> bool:
    now, word = timezone.now(), leases.new_word()
    seen = {"state": job.state, "due_at": job.due_at, "holder": job.holder}
    with write_transaction():
        taken = Job.objects.filter(pk=job.pk, **seen).update(
            state=Job.State.RUNNING, holder=word, due_at=now + leases.LEASE,
            attempts=F("attempts") + 1, started_at=Coalesce("started_at", now),
        )  # fmt: skip
    if taken:
        job.refresh_from_db()
    return taken == 1


def _is_over(job: Job) -> bool:
    """A job that was cancelled, or that took its worker along again and again, is not begun once more."""
    if job.cancel_wanted:
        finish(job, Job.State.CANCELLED)
        return True
    if job.attempts > ATTEMPTS:
        finish(job, Job.State.FAILED, error=job.error or "the worker ended each time it worked on this")
        return True
    return False


def held(job: Job) -> Any:
    """The row, as long as the caller still holds it."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, holder=job.holder)


def renew(job: Job) -> None:
    """Moves the end of the lease on."""
    with write_transaction():
        held(job).update(due_at=leases.end_of_lease())


def finish(job: Job, state: str, *, sentence: str = "", error: str = "", **values: Any) -> bool:
    """Ends a held job; False when somebody else holds it by now."""
    with write_transaction():
        ended = held(job).update(
            state=state,
            holder="",
            finished_at=timezone.now(),
            sentence=sentence,
            error=error[-8000:],
            **values,
        )
        if ended:
            job.refresh_from_db()
            for tell in handlers.when_finished:
                tell(job)
    return bool(ended)


def put_back(job: Job, error: str) -> None:
    """A failed attempt: tried again after 1, 2, 4 ... 60 minutes, given up after ten."""
    if job.attempts >= ATTEMPTS:
        finish(job, Job.State.FAILED, error=error)
        return
    pause = min(LONGEST_PAUSE, timedelta(minutes=2 ** (job.attempts - 1)))
    with write_transaction():
        held(job).update(
            state=Job.State.WAITING, holder="", due_at=timezone.now() + pause, error=error[-8000:]
        )


def give_back(job: Job) -> None:
    """The worker stops: another one may go on at once, and this was no failed attempt."""
    with write_transaction():
        held(job).update(
            state=Job.State.WAITING, holder="", due_at=timezone.now(), attempts=F("attempts") - 1
        )


def cancel(job: Job) -> Job:
    """A waiting job ends here; a running one ends as soon as its handler looks. Raises Conflict when it is over, or
    runs and its handler does not look."""
    with write_transaction():
        ended = Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(
            state=Job.State.CANCELLED, cancel_wanted=True, finished_at=timezone.now()
        )
        job.refresh_from_db()
        if not ended:
            _ask_to_stop(job)
    return job


def _ask_to_stop(job: Job) -> None:
    if not job.is_open:
        raise Conflict(_("この処理はすでに終わっています。"), code="job_is_over")
    if not handlers.may_be_cancelled(job):
        raise Conflict(_("この処理は途中で中止できません。終わるまでお待ちください。"), code="cannot_cancel")
    if not Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_wanted=True):
        raise Conflict(_("この処理はすでに終わっています。"), code="job_is_over")
    job.refresh_from_db()


def retry(job: Job) -> Job:
    """A failed job goes on where it stopped. Raises Conflict when it has not failed."""
    with write_transaction():
        again = Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(
            state=Job.State.WAITING,
            due_at=timezone.now(),
            attempts=0,
            cancel_wanted=False,
            finished_at=None,
            sentence="",
            error="",
        )
        if not again:
            raise Conflict(_("やり直せるのは、失敗した処理だけです。"), code="job_has_not_failed")
        job.refresh_from_db()
    return job


def clean() -> None:
    """Forgets what ended three months ago."""
    old = Job.objects.exclude(state__in=Job.OPEN).filter(finished_at__lt=timezone.now() - KEPT)
    while keys := list(old.order_by("id").values_list("pk", flat=True)[:200]):
        with write_transaction():
            Job.objects.filter(pk__in=keys).delete()
