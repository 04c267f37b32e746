"""One entry of the ledger: what was missing, what the person says, what was decided."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.duties.showing import lines_of
from daifuku.duties.views.finding import Back
from daifuku.duties.views.verb import verb_page
from daifuku.duties.whose import manages
from daifuku.foundation.errors import NotFound
from daifuku.penalties.actions import decide, object_to, waive
from daifuku.penalties.models import Entry, EntryState
from daifuku.penalties.statement import WHY_LESS
from daifuku.records.views.finding import viewer_at
from daifuku.staff.views.forms import Quiet


class ReasonForm(Quiet):
    reason = forms.CharField(label=gettext_lazy("理由"), required=False)


class DecideForm(Quiet):
    verdict = forms.ChoiceField(
        label=gettext_lazy("判断"),
        choices=[
            ("accept", gettext_lazy("異議を認めて免除する")),
            ("keep", gettext_lazy("記帳のままにする")),
        ],
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"), required=False, help_text=gettext_lazy("本人に伝わります。")
    )


def entry_at(request: HttpRequest, uid: uuid.UUID) -> Entry:
    rows = Entry.objects.visible_to(viewer_at(request)).select_related("person", "duty", "decided_by")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise NotFound
    return found


@require_safe
def entry_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    entry, viewer = entry_at(request, uid), viewer_at(request)
    leads = manages(viewer, entry.person_id)
    context: dict[str, Any] = {
        "entry": entry, "line": lines_of([entry.duty], viewer, timezone.now())[0] if entry.duty else None,
        "why_less": WHY_LESS.get(entry.why_less, ""),
        "may_object": entry.person_id == viewer.pk and entry.state == EntryState.STANDS and entry.points > 0,
        "may_decide": leads and entry.state == EntryState.OBJECTED,
        "may_waive": leads and entry.state == EntryState.STANDS,
    }  # fmt: skip
    return render(request, "penalties/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def object_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    entry = entry_at(request, uid)
    by = viewer_at(request).person
    return verb_page(
        request, ReasonForm(request.POST or None), lambda values: object_to(entry, values["reason"], by=by),
        back=_back(entry), title=_("異議を申し立てる"), button=_("申し立てる"),
        done=_("異議を申し立てました。判断されるまで、この記帳は数えません。"),
        lead=_("事実と違うとき、やむをえない事情があったときは、遠慮なく申し立ててください。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def decide_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    entry = entry_at(request, uid)
    by = viewer_at(request).person

    def act(values: dict[str, Any]) -> None:
        decide(entry, accept=values["verdict"] == "accept", reason=values["reason"], by=by)

    return verb_page(
        request, DecideForm(request.POST or None), act, back=_back(entry),
        title=_("%(person)sさんの異議を判断する") % {"person": entry.person}, button=_("決定"),
        done=_("異議を判断しました。"), lead=_("異議: %(words)s") % {"words": entry.objection},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def waive_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    entry = entry_at(request, uid)
    by = viewer_at(request).person
    return verb_page(
        request, ReasonForm(request.POST or None), lambda values: waive(entry, values["reason"], by=by),
        back=_back(entry), title=_("%(person)sさんの記帳を免除する") % {"person": entry.person}, button=_("免除する"),
        done=_("免除しました。"),
    )  # fmt: skip


def _back(entry: Entry) -> Back:
    return Back("penalties:entry", _("入力漏れの台帳"), entry.uid)
