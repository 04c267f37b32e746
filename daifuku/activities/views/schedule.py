"""The schedule as a page, and a plan that is moved in it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.activities.actions import move
from daifuku.activities.actions.turning import need_open
from daifuku.activities.models import Plan
from daifuku.activities.schedule import span, whose
from daifuku.activities.schedule.page import page_of
from daifuku.customers.views.verb_page import verb_page
from daifuku.foundation import toast
from daifuku.foundation.errors import Conflict, DomainError, NotFound
from daifuku.foundation.whole import whole
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import DateTime
from daifuku.records.views import telling
from daifuku.records.views.answering import is_fragment
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.models import Person
from daifuku.staff.views.forms import Quiet


class MoveForm(Quiet):
    started_at = forms.CharField(
        label=gettext_lazy("新しい日時"), required=False, help_text=gettext_lazy("長さはそのままです"),
        widget=forms.TextInput({"type": "datetime-local", "autocomplete": "off"}),
    )  # fmt: skip


@require_safe
def schedule_page(request: HttpRequest) -> HttpResponse:
    return render(request, "activities/schedule.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    viewer, now = viewer_at(request), timezone.now()
    known = vocabulary.fields_for(viewer, "plan")
    if not viewer.may("plan", "view") or not {"started_at", "owner"} <= set(known):
        raise NotFound
    asked = request.GET
    shown = span.read(asked.get("by", ""), asked.get("day", ""), timezone.localtime(now).date())
    page = page_of(viewer, shown, whose.read(asked.get("who", ""), viewer), now)
    teams, people = whose.choices(viewer)
    return {
        "page": page, "teams": teams, "colleagues": people, "may_plan": viewer.may("plan", "create"),
        "switcher": [
            ("day", _("日"), page.address(by="day")), ("week", _("週"), page.address(by="week")),
            ("month", _("月"), page.address(by="month")),
        ],
        "before": page.address(day=shown.before), "after": page.address(day=shown.after),
        "now_address": page.address(day=shown.today),
        "strip": [(day, page.address(day=day)) for day in span.week_of(shown.day)],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def move_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A form on a page of its own; sent from the schedule, the schedule as it is now, whatever came of it."""
    plan: Plan = record_at(request, "plans", uid, action="edit")[1]
    by = viewer_at(request).person
    if is_fragment(request) and request.method == "POST":
        return _moved_in_schedule(request, plan)
    if request.method != "POST":
        need_open(plan)
    return verb_page(
        request, MoveForm(request.POST or None, initial={"started_at": DateTime().form_value(plan.started_at)}),
        lambda values: move(plan, values["started_at"], by=by),
        record=plan, title=_("「%(plan)s」の日時を変える") % {"plan": plan}, button=_("日時を変える"),
        done=_("予定の日時を変えました。履歴から元に戻せます。"),
        lead=_("お客様の都合で延びたときは、理由の残る「延期」をお使いください。"),
    )  # fmt: skip


def _moved_in_schedule(request: HttpRequest, plan: Plan) -> HttpResponse:
    event, status = None, 200
    try:
        owner = _whose_day(request.POST.get("owner", ""), plan)
        plan = move(plan, request.POST.get("started_at", ""), by=viewer_at(request).person, owner=owner)
        event = telling.written(plan)
        words = {"plan": plan, "when": date_format(timezone.localtime(plan.started_at), _("n月j日 H:i"))}
        sentence = _("「%(plan)s」を%(when)sに移しました。") % words
        if owner:
            sentence = _("「%(plan)s」を%(owner)sさんの%(when)sに移しました。") % (words | {"owner": owner})
    except DomainError as error:
        if error.status not in {403, 409, 422}:
            raise
        sentence, status = error.message, error.status
    response = render(request, "activities/schedule/frame.html", _context(request), status=status)
    response["X-Schedule"] = "1"  # a refusal's own page is none
    return toast.undoable(response, sentence, event) if event else toast.said(response, sentence)


def _whose_day(raw: str, plan: Plan) -> Person | None:
    """Into whose column it was put, where that is another's than before; somebody unknown has none."""
    key = whole(raw)
    if key is None or key == plan.owner_id:
        return None
    person: Person | None = Person.objects.working().filter(pk=key).first()
    if person is None:
        raise Conflict(_("この人はもう選べません。画面を開き直してください。"), code="unknown_owner")
    return person
