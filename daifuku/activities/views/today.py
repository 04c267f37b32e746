"""The page of the day: plans with their buttons, what waits for a result, what was done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.activities import today
from daifuku.foundation.errors import NotFound
from daifuku.records.views.finding import viewer_at


@require_safe
def today_page(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_at(request), timezone.now()
    if not viewer.may("plan", "view"):
        raise NotFound
    today.ask_for_day(viewer, now)
    plans = today.plans_of(viewer, now)
    context = {
        "plans": plans,
        "parts": today.parts_of(viewer, plans, now),
        "talks": today.talks_of(viewer, now) if viewer.may("talk", "view") else [],
        "tasks": today.tasks_of(viewer, now) if viewer.may("task", "view") else None,
        "day": timezone.localtime(now).date(),
        "may_talk": viewer.may("talk", "create"),
        "may_plan": viewer.may("plan", "create"),
    }
    return render(request, "activities/today.html", context)
