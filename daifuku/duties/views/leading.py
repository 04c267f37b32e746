"""For whoever leads others: reasons that were given for single entries, and why people enter little at all."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.duties.actions import answer_why
from daifuku.duties.models import Duty, Reason, State, Why
from daifuku.duties.showing import lines_of
from daifuku.duties.tabs import whoever_leads
from daifuku.duties.views.finding import framed
from daifuku.duties.views.mine import mine_page_with
from daifuku.duties.whose import people_seen
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer

MOST = 100


@require_safe
def pleas_page(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, the oldest first."""
    viewer = viewer_at(request)
    if not whoever_leads(viewer):
        raise NotFound
    rows = Duty.objects.visible_to(viewer).filter(
        pleaded_at__isnull=False, state__in=(State.OPEN, State.LATE)
    )
    waiting = (
        rows.exclude(owner=viewer.pk).select_related("owner", "substitute").order_by("pleaded_at")[:MOST]
    )
    context = {"lines": lines_of(waiting, viewer, timezone.now())}
    return render(request, "duties/pleas.html", framed(request, "pleas", context))


@require_safe
def whys_page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_at(request)
    if not whoever_leads(viewer):
        raise NotFound
    answers = _seen(viewer)
    numbers = dict(answers.exclude(reason="").order_by().values_list("reason").annotate(n=Count("id")))
    most = max(numbers.values(), default=1)
    statistics = [(label, numbers.get(key, 0), most) for key, label in Reason.choices]
    context = {
        "statistics": statistics, "asked": answers.count(), "answered": sum(numbers.values()),
        "answers": answers.select_related("person")[:MOST],
    }  # fmt: skip
    return render(request, "duties/whys.html", framed(request, "whys", context))


def _seen(viewer: Viewer) -> Any:
    seen, rows = people_seen(viewer), Why.objects.all()
    return rows if seen is None else rows.filter(person__in=seen)


@require_POST
def answer_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """From the list; what is missing is said there."""
    viewer = viewer_at(request)
    why = Why.objects.filter(uid=uid, person=viewer.pk).first()
    if why is None:
        raise NotFound
    try:
        answer_why(why, request.POST.get("reason", ""), request.POST.get("words", ""), by=viewer.person)
        telling.done(request, _("教えていただき、ありがとうございます。"), telling.written())
    except DomainError as error:
        if not error.mendable:
            raise
        return mine_page_with(request, {"wrong": error.message, "sent": request.POST}, 422)
    return redirect("duties:mine")
