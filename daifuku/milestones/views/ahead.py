"""The weeks ahead, and what is done with a milestone from there."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.errors import NotFound
from daifuku.foundation.way_back import way_back
from daifuku.milestones import actions, ahead, plans
from daifuku.milestones.ahead import ALL, MINE
from daifuku.milestones.anchors import ANCHORS
from daifuku.records.catalogue import registry
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at


@require_safe
def ahead_page(request: HttpRequest) -> HttpResponse:
    object_at(request, "milestones")
    viewer, today = viewer_at(request), timezone.localdate()
    whose = ALL if request.GET.get("whose") == ALL else MINE
    lines = ahead.lines_of(viewer, today, whose)
    context = {
        "weeks": ahead.weeks(lines, today), "whose": whose, "today": today,
        "count": len(lines), "most": ahead.MOST, "may_create": viewer.may("milestone", "create"),
    }  # fmt: skip
    return render(request, "milestones/ahead.html", context)


@require_POST
def done(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Reached, or with `do=reopen` not after all; then back to where one was."""
    milestone = record_at(request, "milestones", uid, action="edit")[1]
    by = viewer_at(request).person
    if request.POST.get("do") == "reopen":
        actions.reopen(milestone, by=by)
        telling.done(
            request, _("「%(name)s」を済んでいないことにしました。") % {"name": milestone}, telling.written()
        )
    else:
        actions.finish(milestone, by=by, today=timezone.localdate())
        telling.done(request, _("「%(name)s」が済みました。") % {"name": milestone}, telling.written())
    return redirect(way_back(request) or milestone.get_absolute_url())


@require_POST
def lay(request: HttpRequest, of: str, uid: uuid.UUID) -> HttpResponse:
    """The milestones of a set, for this deal or order."""
    if of not in ANCHORS:
        raise NotFound
    record = record_at(request, registry.get(of).slug, uid, action="edit")[1]
    object_at(request, "milestones", "create")
    plan = next((each for each in plans.for_record(record) if each.key == request.POST.get("plan")), None)
    if plan is None:
        raise NotFound
    event = actions.lay_out(record, plan, by=viewer_at(request).person, today=timezone.localdate())
    sentence = _("「%(plan)s」の節目を作りました。期日と担当者を確かめてください。")
    telling.done(request, sentence % {"plan": plan.name}, event)
    return redirect(f"{record.get_absolute_url()}#panel-milestones")
