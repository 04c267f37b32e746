"""A plan is called off, or put off to another day."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from daifuku.activities.actions import cancel, postpone
from daifuku.activities.views.finding import open_plan_at
from daifuku.customers.views.verb_page import verb_page
from daifuku.records.catalogue.types import DateTime
from daifuku.records.views.finding import viewer_at
from daifuku.staff.views.forms import Quiet


class CancelForm(Quiet):
    reason = forms.CharField(
        label=gettext_lazy("理由"), required=False, help_text=gettext_lazy("例: 先方の都合、別の担当者が対応")
    )


class PostponeForm(Quiet):
    started_at = forms.CharField(
        label=gettext_lazy("新しい日時"), required=False,
        widget=forms.TextInput({"type": "datetime-local", "autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("理由"), required=False, help_text=gettext_lazy("例: 先方の都合、資料の準備")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    plan = open_plan_at(request, uid)
    by = viewer_at(request).person
    return verb_page(
        request, CancelForm(request.POST or None), lambda values: cancel(plan, values["reason"], by=by),
        record=plan, title=_("「%(plan)s」を中止") % {"plan": plan}, button=_("中止にする"),
        done=_("予定を中止しました。履歴から元に戻せます。"),
        lead=_("中止した予定も、理由とともに残ります。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def postpone_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    plan = open_plan_at(request, uid)
    by = viewer_at(request).person
    start = {"started_at": DateTime().form_value(plan.started_at)}
    return verb_page(
        request, PostponeForm(request.POST or None, initial=start),
        lambda values: postpone(plan, values["started_at"], values["reason"], by=by),
        record=plan, title=_("「%(plan)s」を延期") % {"plan": plan}, button=_("延期する"),
        done=_("予定を延期しました。履歴から元に戻せます。"),
        lead=_("前の日時も、理由とともに残ります。"),
    )  # fmt: skip
