"""Distributing by hand: one lead on its page, many from the list."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.distribution.actions import distribute
from daifuku.distribution.actions.running import begin
from daifuku.distribution.models import Decision
from daifuku.distribution.who import need_distributing
from daifuku.distribution.words import headline
from daifuku.jobs.models import Job
from daifuku.records.bulk import Selection
from daifuku.records.list_state import ListState
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.viewer import Viewer


@require_POST
def distribute_one(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Decided now; whoever has it is taken into account only as one who has it."""
    _object_type, lead = record_at(request, "leads", uid)
    by = need_distributing(viewer_at(request).person).person
    outcome = distribute([lead.pk], by=by, again=bool(request.POST.get("again")))
    if not outcome.done:
        messages.error(request, _("この見込み客には担当者がいるため、そのままにしました。"))
        return redirect(lead.get_absolute_url())
    decision = Decision.objects.select_related("person", "team", "rule").filter(lead=lead).latest("pk")
    sentence = _("%(what)s。") % {"what": headline(decision)}
    telling.done(request, sentence, telling.written(lead))
    return redirect(lead.get_absolute_url())


def ask_many(
    request: HttpRequest, state: ListState, selection: Selection, viewer: Viewer, page: dict[str, Any]
) -> HttpResponse:
    need_distributing(viewer.person)
    if "go" not in request.POST:
        return render(request, "distribution/many.html", page)
    event, outcome = begin(selection, by=viewer.person, again=bool(request.POST.get("again")))
    if isinstance(outcome, Job):
        messages.success(request, _("振り分けを始めました。この画面を閉じても進みます。"))
        return redirect("jobs:job", outcome.uid)
    words = {"given": outcome.given.total(), "waiting": outcome.waiting, "left": outcome.left}
    sentence = _("%(given)s件を渡し、%(waiting)s件を順番待ちに入れました。") % words
    if outcome.left:
        sentence += _("担当者のいる%(left)s件はそのままです。") % words
    telling.done(request, sentence, event if outcome.done else None)
    return redirect(state.address())
