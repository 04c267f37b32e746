"""The paper of a quote, and what makes it one: issue, new version, copy, withdrawal."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.documents import sealing
from daifuku.documents.views.copies import file_name, pdf_response
from daifuku.quotes import actions
from daifuku.quotes.paper import draft_of
from daifuku.quotes.views.steps import done_with, quote_at, step_page
from daifuku.records.views.finding import viewer_at
from daifuku.staff.views.forms import Quiet


@require_safe
def paper(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """As it was issued; before that, as it would look."""
    quote = quote_at(request, uid, "view")
    sealing.need_open(viewer_at(request), "quote")
    copies = sealing.copies_of(quote)
    if copies:
        return pdf_response(sealing.content_of(copies[0]), file_name(copies[0]), view="view" in request.GET)
    name = _("見積書（下書き）_%(customer)s.pdf") % {"customer": quote.account}
    return pdf_response(sealing.draw(draft_of(quote)), name, view="view" in request.GET)


@require_POST
def issue(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    quote = quote_at(request, uid)
    copy = actions.issue(quote, by=viewer_at(request).person, today=timezone.localdate())
    return done_with(request, quote, _("見積書%(number)sを発行しました。") % {"number": copy.number})


@require_POST
def revise(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    quote = quote_at(request, uid)
    made = actions.revise(quote, by=viewer_at(request).person)
    return done_with(
        request,
        made,
        _("第%(edition)s版を作りました。直してから発行してください。") % {"edition": made.edition},
    )


@require_POST
def copy(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    quote = quote_at(request, uid, "view")
    made = actions.copy(quote, by=viewer_at(request).person)
    return done_with(request, made, _("写しを作りました。取引先や件名を確認してください。"))


class VoidForm(Quiet):
    reason = forms.CharField(
        label=gettext_lazy("取り消す理由"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("番号は欠番にならず、控えも残ります。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def void_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    quote, by = quote_at(request, uid), viewer_at(request).person
    page = {
        "title": _("「%(quote)s」を取り消す") % {"quote": quote}, "button_words": _("取り消す"),
        "lead": _("お客様のリンクでは受けられなくなります。"),
    }  # fmt: skip
    return step_page(
        request, quote, VoidForm(request.POST or None), page,
        lambda sent: actions.void(quote, sent["reason"], by=by), _("取り消しました。"),
    )  # fmt: skip
