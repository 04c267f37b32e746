"""What the phone asks: who is signed in, what he needs with him, whom he looks for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_safe

from daifuku.activities import today
from daifuku.phone import asked, customers, showing, wordings
from daifuku.phone.middleware import was_signed_out
from daifuku.phone.views import answering
from daifuku.records.views.searching import text_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.voices import finding
from daifuku.voices.panels import topics


@require_safe
def signed_in(request: HttpRequest) -> HttpResponse:
    """`ended`: "revoked" where somebody signed this phone out, so that it forgets everything; else it may wait."""
    now = timezone.now().isoformat()
    if isinstance(request.user, Person):
        told = {"person": str(request.user.uid), "csrf": get_token(request), "ended": "", "now": now}
        return JsonResponse(told)
    ended = "revoked" if was_signed_out(request) else "expired"
    return JsonResponse({"person": None, "csrf": None, "ended": ended, "now": now})


@require_safe
@answering.in_json
def data(request: HttpRequest) -> HttpResponse:
    """All that the entry needs without signal: one's own day, whom one talks with, the choices and the wordings."""
    person, now = answering.whose(request), timezone.now()
    viewer = viewer_of(person)
    plans = today.plans_of(viewer, now) if viewer.may("plan", "view") else today.Plans([], [], [])
    tasks = today.tasks_of(viewer, now) if viewer.may("task", "view") else []
    heard = finding.voices_of_plans(viewer, plans, now)
    waiting, planned = (
        [
            showing.plan(line, viewer)
            | {"voices": [showing.voice(each) for each in heard.get(line.record.pk, ())]}
            for line in lines
        ]
        for lines in (plans.waiting, plans.today)
    )
    showing.with_keepers([plan["with"] for plan in (*waiting, *planned) if plan["with"]])
    told: dict[str, Any] = {
        "person": {"uid": str(person.uid), "name": str(person), "theme": person.theme},
        "now": now.isoformat(),
        "may": {kind: viewer.may(kind, "create") for kind in ("talk", "plan", "task", "voice")},
        "waiting": waiting,
        "today": planned,
        "tasks": [showing.task(line) for line in tasks],
        "customers": customers.likely(viewer, now),
        "methods": [showing.option(each) for each in wordings.options("method")],
        "contents": [showing.option(each) for each in wordings.options("content")],
        "topics": [showing.option(each) for each in topics()],
        "rules": asked.rules_for(viewer),
        "wordings": [[each.method.key, each.content.key, each.lines] for each in wordings.offered()],
    }
    return JsonResponse(told)


@require_safe
@answering.in_json
def find(request: HttpRequest) -> HttpResponse:
    person = answering.whose(request)
    text = text_of(request)
    return JsonResponse({"customers": customers.found_by(text, viewer_of(person)) if text else []})
