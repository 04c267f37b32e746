"""How far a piece of work is that goes on by itself; ending it early, letting a failed one go on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query

from daifuku.api.answers import Answer, paged
from daifuku.api.auth import Asked
from daifuku.api.finding import uid_of
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.jobs import queue
from daifuku.jobs.models import Job

WORDS = noop("処理")


class JobItem(Schema):
    uid: str
    title: str
    kind: str
    state: str
    done: int
    total: int | None
    sentence: str
    result: dict[str, Any]
    created_at: str
    finished_at: str | None


class Jobs(Schema):
    items: list[JobItem]
    next: str | None


@fixed.get("/jobs", operation_id="list_jobs", summary=noop("処理の一覧"), tags=[WORDS], response=Jobs)
def list_jobs(
    request: Asked,
    size: int = Query(50, ge=1, le=200),
    before: str = Query("", description=noop("前のページの next"), max_length=40),
) -> Answer:
    """One's own, newest first; for auditors everybody's."""
    jobs = Job.objects.visible_to(request.auth.viewer)
    if before:
        jobs = jobs.filter(pk__lt=_job(request, before).pk)
    page, following = paged(jobs.order_by("-id"), size)
    return Answer({"items": [shown_job(job) for job in page], "next": following})


@fixed.get(
    "/jobs/{uid}", operation_id="get_job", summary=noop("処理の進み具合"), tags=[WORDS], response=JobItem
)
def get_job(request: Asked, uid: str) -> Answer:
    """One's own import, export or bulk change; `state` is waiting, running, done, failed or cancelled."""
    return Answer(shown_job(_job(request, uid)))


@fixed.post(
    "/jobs/{uid}/cancel",
    operation_id="cancel_job",
    summary=noop("処理の中止"),
    tags=[WORDS],
    response=JobItem,
)
def cancel_job(request: Asked, uid: str) -> Answer:
    """A waiting one ends at once, a running one at its next pause; what it has done stays.

    Work that has no pauses goes on to its end: 409 `cannot_cancel`.
    """
    return Answer(shown_job(queue.cancel(_own(request, uid))))


@fixed.post(
    "/jobs/{uid}/retry", operation_id="retry_job", summary=noop("失敗した処理の再開"), tags=[WORDS],
    response=JobItem,
)  # fmt: skip
def retry_job(request: Asked, uid: str) -> Answer:
    """Goes on where it stopped."""
    return Answer(shown_job(queue.retry(_own(request, uid))))


def _job(request: Asked, uid: str) -> Job:
    job: Job | None = Job.objects.visible_to(request.auth.viewer).filter(uid=uid_of(uid)).first()
    if job is None:
        raise NotFound
    return job


def _own(request: Asked, uid: str) -> Job:
    """One's own; whoever edits the settings may end everybody's."""
    job, viewer = _job(request, uid), request.auth.viewer
    if job.by_id != viewer.pk and not viewer.has_power("settings"):
        raise NotFound
    return job


def shown_job(job: Job) -> dict[str, Any]:
    return {
        "uid": str(job.uid), "title": job.title, "kind": job.kind, "state": str(job.state), "done": job.done,
        "total": job.total, "sentence": job.sentence, "result": job.result, "created_at": job.created_at,
        "finished_at": job.finished_at,
    }  # fmt: skip
