"""An invoice is sent by mail; the customer fetches it at a secret address without signing in."""

from __future__ import annotations

import uuid

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.billing import actions, drawing
from daifuku.billing.actions.sending import PLACE, digest_of, find, opened
from daifuku.billing.models import Invoice, InvoiceLink
from daifuku.documents.sealing import content_of
from daifuku.documents.views.copies import file_name, pdf_response
from daifuku.foundation.buckets import Buckets
from daifuku.foundation.errors import Conflict, NotFound
from daifuku.records.once import SentBefore, new_word, once
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.models import Company, Person
from daifuku.staff.views.forms import Quiet, told_in

PER_MINUTE = 30
LONGEST = 64
asked = Buckets()


class SendForm(Quiet):
    to = forms.CharField(
        label=gettext_lazy("宛先"), max_length=254, widget=forms.TextInput({"type": "email"})
    )
    subject = forms.CharField(label=gettext_lazy("件名"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("本文"), widget=forms.Textarea({"rows": 12}),
        help_text=gettext_lazy("{リンク} は、お客様が請求書を見て保存できるページのアドレスになります。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def send_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    invoice: Invoice = record_at(request, "invoices", uid, action="edit")[1]
    by = viewer_at(request).person
    if invoice.is_draft:
        raise Conflict(_("発行した請求書だけを送れます。先に発行してください。"), code="draft")
    form, word = SendForm(request.POST or None, initial=_letter(invoice, by)), request.POST.get("once")

    def send() -> dict[str, str]:
        sent = form.cleaned_data
        actions.send(invoice, sent["to"], sent["subject"], sent["text"], by=by, today=timezone.localdate())
        telling.done(request, _("メールを送信待ちに入れました。"))
        return {}

    if request.method == "POST" and form.is_valid():
        with told_in(form):
            try:
                once(request.POST, send, by=by)
            except SentBefore:
                word = ""
                raise
            return redirect(invoice.get_absolute_url())
    page = {"invoice": invoice, "form": form, "once": word or new_word()}
    return render(request, "billing/send.html", page, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, uid: uuid.UUID, link: uuid.UUID) -> HttpResponse:
    invoice: Invoice = record_at(request, "invoices", uid, action="edit")[1]
    found = invoice.addresses.filter(uid=link).select_related("invoice").first()
    if found is None:
        raise NotFound
    actions.revoke(found, by=viewer_at(request).person)
    telling.done(request, _("リンクを止めました。もう開けません。"))
    return redirect(invoice.get_absolute_url())


@require_safe
@never_cache
@sensitive_variables("token")
def offered(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has no right link gets what is not there; a dead one says whom to ask."""
    if _too_often(request, token):
        return _slowly()
    link = _link(token)
    dead = link.is_dead(timezone.localdate())
    if not dead:
        opened(link)
    page = {"invoice": link.invoice, "company": Company.objects.first(), "dead": dead, "token": token}
    response = render(request, "billing/offered.html", page, status=410 if dead else 200)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@never_cache
@sensitive_variables("token")
def offered_paper(request: HttpRequest, token: str) -> HttpResponse:
    if _too_often(request, token):
        return _slowly()
    link = _link(token)
    copy = None if link.is_dead(timezone.localdate()) else drawing.copy_of(link.invoice)
    if copy is None:
        raise NotFound
    return pdf_response(content_of(copy), file_name(copy), view="view" in request.GET)


def _link(token: str) -> InvoiceLink:
    found = find(token) if len(token) <= LONGEST else None
    if found is None:
        raise NotFound
    return found


def _too_often(request: HttpRequest, token: str) -> bool:
    """By address of whoever asks and by link, so that guessing is as slow as asking too much."""
    who = (str(get_adapter().get_client_ip(request)), digest_of(token))
    return any(asked.take(each, PER_MINUTE)[1] for each in who)


def _slowly() -> HttpResponse:
    words = _("アクセスが続いたため、しばらくお待ちください。1分ほどしてからもう一度開いてください。")
    return HttpResponse(
        words, status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"}
    )


def _letter(invoice: Invoice, by: Person) -> dict[str, str]:
    contact, company = invoice.contact, Company.objects.first()
    words = {
        "customer": invoice.account, "person": _("%(name)s 様") % {"name": contact} if contact else _("ご担当者様"),
        "title": invoice.title, "number": invoice.number, "firm": company.name if company else "", "me": by,
        "due": f"{invoice.due_on:%Y/%m/%d}" if invoice.due_on else "", "amount": f"{invoice.asked:,d}", "place": PLACE,
    }  # fmt: skip
    return {
        "to": (contact.email if contact else "") or invoice.account.email,
        "subject": _("【%(firm)s】請求書 %(number)s「%(title)s」") % words,
        "text": _(
            "%(customer)s\n%(person)s\n\nいつもお世話になっております。%(firm)sの%(me)sです。\n\n"
            "「%(title)s」の請求書をお送りします。下記のページからご確認・保存をお願いいたします。\n%(place)s\n\n"
            "ご請求金額: %(amount)s円\nお支払期限: %(due)s\n\n"
            "よろしくお願いいたします。\n\n%(firm)s\n%(me)s"
        )
        % words,
    }
