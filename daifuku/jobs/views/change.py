"""Ending a piece of work early, and letting a failed one go on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from daifuku.jobs import queue
from daifuku.jobs.views.finding import find_to_change


@require_POST
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    queue.cancel(find_to_change(request, uid))
    return redirect("jobs:job", uid)


@require_POST
def retry(request: HttpRequest, uid: UUID) -> HttpResponse:
    queue.retry(find_to_change(request, uid))
    return redirect("jobs:job", uid)
