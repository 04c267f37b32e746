"""The page of all background work: one's own, for auditors everybody's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from daifuku.jobs.models import Job
from daifuku.jobs.views.finding import viewer_at

PAGE = 50


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_at(request)
    jobs = Job.objects.visible_to(viewer).select_related("by").order_by("-id")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        jobs = jobs.filter(pk__lt=int(before))
    rows = list(jobs[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else None
    context = {"jobs": rows[:PAGE], "more": more, "everybodys": viewer.has_power("audit")}
    return render(request, "jobs/list.html", context)
