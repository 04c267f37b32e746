"""A plan's result: the talk that it became, and the next plan, in one form."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.activities.actions import finish
from daifuku.activities.actions.finishing import NEXT
from daifuku.activities.models import Plan, Talk
from daifuku.activities.views.finding import open_plan_at
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import DateTime
from daifuku.records.forms import RecordForm
from daifuku.records.once import new_word, once
from daifuku.records.scope import seen_by_uid
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, viewer_at
from daifuku.staff.viewer import Viewer

ASKED = ("method", "content", "text", "next_step", "started_at", "minutes", "contact", "owner")
ASKED_NEXT = ("started_at", "method", "subject")


@require_http_methods(["GET", "HEAD", "POST"])
def finish_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    object_at(request, "talks", "create")
    plan, viewer = open_plan_at(request, uid), viewer_at(request)
    sent = request.POST if request.method == "POST" else None
    form, following = _result_form(plan, viewer, sent), _next_form(viewer, sent)
    if sent is not None:
        try:
            return redirect(_finished(request, plan, form, following))
        except DomainError as error:
            if not error.mendable:
                raise
            _tell(error, form, following)
    context = {
        "plan": plan, "form": form, "following": following, "refused": form.is_bound, "once": new_word(),
        "open_next": following is not None and bool(following.errors),
    }  # fmt: skip
    return render(request, "activities/finish.html", context, status=422 if form.is_bound else 200)


def _result_form(plan: Plan, viewer: Viewer, sent: Any) -> RecordForm:
    """Filled in as it was planned; what the firm requires of a talk is asked as well."""
    known = vocabulary.editable_for(viewer, "talk")
    asked = [known[key] for key in ASKED if key in known]
    asked += [field for key, field in known.items() if field.required and key not in ASKED]
    start = min(plan.started_at, timezone.now())
    planned = {
        "method": plan.method, "contact": plan.contact, "started_at": DateTime().form_value(start),
        "owner": str(plan.owner.uid) if plan.owner else "",
    }  # fmt: skip
    return RecordForm(registry.get("talk"), asked, viewer, data=sent, initial=planned)


def _next_form(viewer: Viewer, sent: Any) -> RecordForm | None:
    """None for whoever may plan nothing."""
    if not viewer.may("plan", "create"):
        return None
    known = vocabulary.editable_for(viewer, "plan")
    asked = [known[key] for key in ASKED_NEXT if key in known]
    form = RecordForm(registry.get("plan"), asked, viewer, data=sent, prefix="next", prefix_id="id_next")
    for field in form.fields.values():
        field.required = field.widget.is_required = False
    return form


def _finished(request: HttpRequest, plan: Plan, form: RecordForm, following: RecordForm | None) -> Talk:
    """The talk; the same form sent twice leads to the same one."""
    viewer = viewer_at(request)
    next_plan = {key: value for key, value in (following.values() if following else {}).items() if value}

    def act() -> dict[str, str]:
        return {"uid": str(finish(plan, form.values(), by=viewer.person, following=next_plan).uid)}

    outcome, now = once(request.POST, act, by=viewer.person)
    talk: Talk | None = seen_by_uid(Talk, uuid.UUID(outcome["uid"]), viewer, trashed=True)
    if talk is None:
        raise NotFound
    if now:
        sentence = (
            _("結果を記録し、次の予定を登録しました。")
            if next_plan
            else _("「%(plan)s」の結果を記録しました。")
        )
        telling.done(request, sentence % {"plan": plan}, telling.written(plan))
    return talk


def _tell(error: DomainError, form: RecordForm, following: RecordForm | None) -> None:
    """Each problem beside its field, in the form that has it."""
    for problem in error.problems:
        if problem.field.startswith(NEXT) and following is not None:
            name = problem.field.removeprefix(NEXT)
            following.add_error(name if name in following.fields else None, problem.message)
        else:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
    if not error.problems:
        form.tell(error)
