"""A quote is sent by mail, or shown by a link that one hands over oneself."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.foundation.errors import NotFound
from daifuku.quotes import actions
from daifuku.quotes.models import Quote
from daifuku.quotes.views.steps import done_with, quote_at, step_page
from daifuku.records.views.finding import viewer_at
from daifuku.staff.models import Company, Person
from daifuku.staff.views.forms import Quiet


class SendForm(Quiet):
    to = forms.CharField(
        label=gettext_lazy("宛先"), max_length=254, widget=forms.TextInput({"type": "email"})
    )
    subject = forms.CharField(label=gettext_lazy("件名"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("本文"), widget=forms.Textarea({"rows": 12}),
        help_text=gettext_lazy("{リンク} は、お客様が見積書を見て回答できるページのアドレスになります。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def send_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    quote, by = quote_at(request, uid), viewer_at(request).person
    page = {
        "title": _("「%(quote)s」をメールで送る") % {"quote": quote}, "button_words": _("送る"),
        "lead": _("見積書は添付せず、安全なリンクで渡します。開いたこと、受けるか断るかの回答がここに残ります。"),
    }  # fmt: skip
    form = SendForm(request.POST or None, initial=_letter(quote, by))
    return step_page(
        request, quote, form, page,
        lambda sent: actions.send(
            quote, sent["to"], sent["subject"], sent["text"], by=by, today=timezone.localdate()
        ),
        _("メールを送信待ちに入れました。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("address")
def link_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The address is shown once; whoever has it can read the quote and answer."""
    quote, address = quote_at(request, uid), ""
    if request.method == "POST":
        _link, address = actions.open_link(quote, by=viewer_at(request).person, today=timezone.localdate())
    return render(request, "quotes/link.html", {"quote": quote, "address": address})


@require_POST
def revoke(request: HttpRequest, uid: uuid.UUID, link: uuid.UUID) -> HttpResponse:
    quote = quote_at(request, uid)
    found = quote.links.filter(uid=link).select_related("quote").first()
    if found is None:
        raise NotFound
    actions.revoke(found, by=viewer_at(request).person)
    return done_with(request, quote, _("リンクを止めました。もう開けません。"))


def _letter(quote: Quote, by: Person) -> dict[str, str]:
    contact, company = quote.contact, Company.objects.first()
    words = {
        "customer": quote.account, "person": _("%(name)s 様") % {"name": contact} if contact else _("ご担当者様"),
        "title": quote.title, "day": f"{quote.valid_until:%Y/%m/%d}" if quote.valid_until else "",
        "firm": company.name if company else "", "me": by, "place": "{リンク}",
    }  # fmt: skip
    return {
        "to": contact.email if contact else "",
        "subject": _("【%(firm)s】御見積書「%(title)s」") % words,
        "text": _(
            "%(customer)s\n%(person)s\n\nいつもお世話になっております。%(firm)sの%(me)sです。\n\n"
            "「%(title)s」のお見積りができましたので、下記よりご確認ください。\n%(place)s\n\n"
            "同じページから、ご発注・お断りのご返事もいただけます。\n有効期限は%(day)sです。\n\n"
            "よろしくお願いいたします。\n\n%(firm)s\n%(me)s"
        )
        % words,
    }
