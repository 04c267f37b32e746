"""Approval of a quote, and the customer's answer as the rep writes it down."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.foundation.errors import NotFound
from daifuku.quotes import actions, limits
from daifuku.quotes.models import Approval
from daifuku.quotes.views.steps import done_with, quote_at, step_page
from daifuku.records.views.finding import viewer_at
from daifuku.staff.views.forms import Quiet


class AskForm(Quiet):
    note = forms.CharField(
        label=gettext_lazy("承認する人へ"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("値引きの理由、競合、今後の見込みなど"),
    )  # fmt: skip


class ReasonForm(Quiet):
    reason = forms.CharField(
        label=gettext_lazy("差し戻す理由"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("どこをどう直せばよいか"),
    )  # fmt: skip


class AnswerForm(Quiet):
    verdict = forms.ChoiceField(
        label=gettext_lazy("お客様の回答"), widget=forms.RadioSelect,
        choices=(("accepted", gettext_lazy("受ける（発注）")), ("declined", gettext_lazy("断る"))),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("お客様の言葉"), required=False, widget=forms.Textarea({"rows": 3})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    quote, by = quote_at(request, uid), viewer_at(request).person
    page = {
        "title": _("「%(quote)s」の承認を申請する") % {"quote": quote}, "button_words": _("申請する"),
        "lead": str(_("、")).join(limits.reasons(quote)),
    }  # fmt: skip
    return step_page(
        request, quote, AskForm(request.POST or None), page,
        lambda sent: actions.ask(quote, by=by, note=sent["note"]), _("承認を申請しました。"),
    )  # fmt: skip


@require_POST
def withdraw(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    quote = quote_at(request, uid)
    actions.withdraw(quote, by=viewer_at(request).person)
    return done_with(request, quote, _("申請を取り下げました。"))


@require_POST
def approve(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    quote = quote_at(request, uid, "view")
    actions.approve(quote, by=viewer_at(request).person)
    return done_with(request, quote, _("承認しました。"))


@require_http_methods(["GET", "HEAD", "POST"])
def return_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    quote, viewer = quote_at(request, uid, "view"), viewer_at(request)
    waiting = Approval.objects.filter(quote=quote, verdict="").first()
    if not limits.may_approve(viewer, quote, waiting.asked_by_id if waiting else None):
        raise NotFound
    page = {
        "title": _("「%(quote)s」を差し戻す") % {"quote": quote}, "button_words": _("差し戻す"),
        "lead": _("申請した人に理由を知らせます。"),
    }  # fmt: skip
    return step_page(
        request, quote, ReasonForm(request.POST or None), page,
        lambda sent: actions.send_back(quote, sent["reason"], by=viewer.person), _("差し戻しました。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    quote, by = quote_at(request, uid), viewer_at(request).person
    page = {
        "title": _("「%(quote)s」への回答") % {"quote": quote}, "button_words": _("保存"),
        "lead": _("電話や訪問でうかがった回答を残します。"),
    }  # fmt: skip
    return step_page(
        request, quote, AnswerForm(request.POST or None), page,
        lambda sent: actions.record_answer(
            quote, sent["verdict"], by=by, today=timezone.localdate(), note=sent["note"]
        ),
        _("お客様の回答を保存しました。"),
    )  # fmt: skip
