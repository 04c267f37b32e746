"""The buttons on the page of a request: support it, take it back, approve it, decline it, open it again."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.foundation.errors import DomainError
from daifuku.records.actions.powers import need_settings
from daifuku.records.forms.request_form import DeclineForm
from daifuku.records.models import FieldRequest
from daifuku.records.requests import asking, deciding
from daifuku.records.views import telling
from daifuku.records.views.field_requests import request_at, shown
from daifuku.records.views.finding import viewer_at
from daifuku.staff.views.forms import told_in


@require_POST
def support(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _step(request, uid, asking.support, _("賛成しました。"))


@require_POST
def take_support_back(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _step(request, uid, asking.take_support_back, _("賛成を取り消しました。"))


@require_POST
def withdraw(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _step(request, uid, asking.withdraw_request, _("申請を取り下げました。"))


@require_POST
def ask_again(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _step(request, uid, asking.ask_again, _("もう一度申請しました。"))


@require_POST
def reopen(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _step(request, uid, deciding.reopen_request, _("申請中に戻しました。"))


@require_POST
def approve(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Leads on to the form of the new field, filled with what was asked for."""
    row = request_at(request, uid)
    answer = _step(request, uid, deciding.approve_request, _("承認しました。続けて項目を作ってください。"))
    row.refresh_from_db()
    return redirect(making(row)) if row.state == FieldRequest.State.APPROVED else answer


@require_POST
def decline(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    row, by = request_at(request, uid), viewer_at(request).person
    need_settings(by)
    form = DeclineForm(request.POST)
    if form.is_valid():
        with told_in(form):
            deciding.decline_request(row, form.cleaned_data["reason"], by=by)
            telling.done(request, _("見送りました。申請した人に理由を知らせます。"), telling.written())
            return redirect("records:field_request", uid)
    return shown(request, row, form, status=422)


def making(row: FieldRequest) -> str:
    """The address at which the field is made of the request."""
    return f"{reverse('records:setting_new_field', args=[row.object])}?request={row.uid}"


def _step(request: HttpRequest, uid: uuid.UUID, verb: Any, sentence: str) -> HttpResponse:
    row = request_at(request, uid)
    try:
        verb(row, by=viewer_at(request).person)
        telling.done(request, sentence, telling.written())
    except DomainError as error:
        if not error.mendable:
            raise
        messages.error(request, error.message)
    return redirect("records:field_request", uid)
