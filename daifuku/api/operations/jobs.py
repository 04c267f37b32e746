"""How far a piece of work is that goes on by itself."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import uid_of
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.jobs.models import Job


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


@fixed.get("/jobs/{uid}", operation_id="get_job", summary="処理の進み具合", tags=["処理"], response=JobItem)
def get_job(request: Asked, uid: str) -> Answer:
    """One's own import, export or bulk change; `state` is waiting, running, done, failed or cancelled."""
    job = Job.objects.visible_to(request.auth.viewer).filter(uid=uid_of(uid)).first()
    if job is None:
        raise NotFound
    return Answer(
        {
            "uid": str(job.uid), "title": job.title, "kind": job.kind, "state": str(job.state), "done": job.done,
            "total": job.total, "sentence": job.sentence, "result": job.result, "created_at": job.created_at,
            "finished_at": job.finished_at,
        }
    )  # fmt: skip
