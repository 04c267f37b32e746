"""The job that an address names, if the person may know of it, and what stands on its page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from daifuku.foundation.errors import NotFound
from daifuku.jobs import handlers
from daifuku.jobs.models import Job


def viewer_at(request: HttpRequest) -> Any:
    return request.viewer  # type: ignore[attr-defined]


def find(request: HttpRequest, uid: UUID) -> Job:
    found: Job | None = (
        Job.objects.visible_to(viewer_at(request)).select_related("by").filter(uid=uid).first()
    )
    if found is None:
        raise NotFound
    return found


def find_to_change(request: HttpRequest, uid: UUID) -> Job:
    """One's own; whoever keeps the settings may end everybody's."""
    found = find(request, uid)
    if not may_change(request, found):
        raise NotFound
    return found


def may_change(request: HttpRequest, job: Job) -> bool:
    viewer = viewer_at(request)
    return job.by_id == viewer.pk or bool(viewer.has_power("settings"))


def context(request: HttpRequest, job: Job) -> dict[str, Any]:
    handler = handlers.find(job.kind)
    undo = handler.undo_url(job) if handler and handler.undo_url and not job.is_open else ""
    link = str(job.result.get("url", ""))
    return {
        "job": job,
        "result": job.result,
        "result_template": handler.template if handler else "",
        "undo_url": undo if job.by_id == viewer_at(request).pk else "",
        "result_url": link if link.startswith("/") and not link.startswith("//") else "",
        "may_change": may_change(request, job),
        "cancellable": handlers.may_be_cancelled(job),
        "shows_error": viewer_at(request).has_power("settings"),
    }
