"""Plans that come again, on pages: one is told to, and all from one on are changed or called off."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.activities.actions.series import (
    CHANGED_TOGETHER,
    cancel_following,
    change_following,
    repeat_plan,
)
from daifuku.activities.views.finding import open_plan_at
from daifuku.activities.views.repeat_form import RepeatForm, opening
from daifuku.activities.views.turning import CancelForm
from daifuku.customers.views.verb_page import verb_page
from daifuku.foundation.errors import DomainError
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.forms import RecordForm
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at


@require_http_methods(["GET", "HEAD", "POST"])
def repeat_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    plan, by = open_plan_at(request, uid), viewer_at(request).person
    start = opening({}, timezone.localtime(plan.started_at).date())
    return verb_page(
        request, RepeatForm(request.POST or None, initial=start),
        lambda values: repeat_plan(plan, values, by=by),
        record=plan, title=_("「%(plan)s」を繰り返す") % {"plan": plan}, button=_("繰り返す"),
        done=_("繰り返しの予定を登録しました。履歴から元に戻せます。"),
        lead=_("60日先までの予定が登録されます。その先は、毎晩一日分ずつ自動で登録されます。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_following_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    plan, by = open_plan_at(request, uid), viewer_at(request).person
    return verb_page(
        request, CancelForm(request.POST or None),
        lambda values: cancel_following(plan, values["reason"], by=by),
        record=plan, title=_("「%(plan)s」とこれ以降を中止") % {"plan": plan}, button=_("まとめて中止にする"),
        done=_("これ以降の予定を中止しました。履歴から元に戻せます。"),
        lead=_("この予定と、これより後の繰り返しの予定をすべて中止し、新しい予定も登録しません。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def change_following_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Only what differs from the plan as it stands is changed on the others."""
    plan, viewer = open_plan_at(request, uid), viewer_at(request)
    known = vocabulary.editable_for(viewer, "plan")
    fields = [known[key] for key in CHANGED_TOGETHER if key in known]
    sent: Any = request.POST if request.method == "POST" else None
    form = RecordForm(registry.get("plan"), fields, viewer, record=plan, data=sent)
    if sent is not None:
        try:
            change_following(plan, _typed(form), by=viewer.person)
        except DomainError as error:
            if not error.mendable:
                raise
            form.tell(error)
        else:
            telling.done(request, _("これ以降の予定を変えました。"), telling.written(plan))
            return redirect(plan)
    context = {
        "form": form, "record": plan, "title": _("「%(plan)s」とこれ以降を変える") % {"plan": plan},
        "button": _("まとめて変える"),
        "lead": _(
            "変えたところだけが、この予定と、これより後の繰り返しの予定に反映されます。"
            "日付は、同じ週のほかの曜日（毎月の予定なら同じ月のほかの日）に移せます。"
        ),
    }  # fmt: skip
    return render(request, "customers/verb.html", context, status=422 if form.is_bound else 200)


def _typed(form: RecordForm) -> dict[str, Any]:
    """A time that nobody touched is not sent: the input shows no seconds."""
    times = {key: form.initial.get(key) for key in ("started_at", "ended_at")}
    return {key: value for key, value in form.values().items() if key not in times or value != times[key]}
