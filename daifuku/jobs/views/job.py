"""The page of one piece of work: how far it is, how it ended, what came out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from daifuku.jobs.views.finding import context, find


@require_safe
@never_cache
def job(request: HttpRequest, uid: UUID) -> HttpResponse:
    return render(request, "jobs/job.html", context(request, find(request, uid)))


@require_safe
@never_cache
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The part that the page asks for every second; once the job is over it no longer asks."""
    return render(request, "jobs/parts/progress.html", context(request, find(request, uid)))
