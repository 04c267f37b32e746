"""The page at a secret address, where a customer reads the quote and answers without signing in."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.documents import sealing
from daifuku.documents.views.copies import file_name, pdf_response
from daifuku.foundation.buckets import Buckets
from daifuku.foundation.errors import NotFound
from daifuku.quotes.actions import answer_by_link
from daifuku.quotes.actions.sending import digest_of, find, opened
from daifuku.quotes.models import Link
from daifuku.quotes.models.quote import ISSUED, VOID
from daifuku.staff.models import Company
from daifuku.staff.views.forms import Quiet, told_in

PER_MINUTE = 30
LONGEST = 64
asked = Buckets()


class AnswerForm(Quiet):
    verdict = forms.ChoiceField(
        label=gettext_lazy("ご返事"), widget=forms.RadioSelect,
        choices=(("accepted", gettext_lazy("この内容で発注します")), ("declined", gettext_lazy("今回は見送ります"))),
        error_messages={"required": gettext_lazy("発注するか、見送るかを選んでください。")},
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("お名前"),
        max_length=80,
        error_messages={"required": gettext_lazy("お名前を入力してください。")},
    )
    note = forms.CharField(
        label=gettext_lazy("ご連絡事項"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
def offered(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has no right link gets what is not there; a dead one says whom to ask."""
    if _too_often(request, token):
        return _slowly()
    link, today = _link(token), timezone.localdate()
    if _is_dead(link):
        return _shown(request, link, {"dead": True}, 410)
    if request.method == "GET":
        opened(link)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        with told_in(form):
            answer_by_link(link, sent["verdict"], name=sent["name"], note=sent["note"], today=today)
            return redirect("quotes:offered", token)
    context = {
        "form": form,
        "open": link.quote.state == ISSUED,
        "over": link.quote.is_over(today),
        "token": token,
    }
    return _shown(request, link, context, 422 if form.errors else 200)


@require_safe
@never_cache
@sensitive_variables("token")
def paper(request: HttpRequest, token: str) -> HttpResponse:
    if _too_often(request, token):
        return _slowly()
    link = _link(token)
    copies = sealing.copies_of(link.quote)
    if _is_dead(link) or not copies:
        raise NotFound
    return pdf_response(sealing.content_of(copies[0]), file_name(copies[0]), view="view" in request.GET)


def _is_dead(link: Link) -> bool:
    """Page and paper end together: the time is over, the link was stopped, the quote taken back."""
    quote = link.quote
    return link.is_dead(timezone.localdate()) or quote.trashed_at is not None or quote.state == VOID


def _link(token: str) -> Link:
    found = find(token) if len(token) <= LONGEST else None
    if found is None:
        raise NotFound
    return found


def _shown(request: HttpRequest, link: Link, context: dict[str, object], status: int) -> HttpResponse:
    page = {
        "quote": link.quote,
        "company": Company.objects.first(),
        "copies": [] if "dead" in context else sealing.copies_of(link.quote),
        **context,
    }
    response = render(request, "quotes/offered.html", page, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _too_often(request: HttpRequest, token: str) -> bool:
    """By address of whoever asks and by link, so that guessing is as slow as asking too much."""
    return any(
        asked.take(who, PER_MINUTE)[1]
        for who in (str(get_adapter().get_client_ip(request)), digest_of(token))
    )


def _slowly() -> HttpResponse:
    words = _("アクセスが続いたため、しばらくお待ちください。1分ほどしてからもう一度開いてください。")
    return HttpResponse(
        words, status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"}
    )
