"""Publishing the book: what has changed, a word about it; then who has read it and who has not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.records.views import telling
from daifuku.rules import editions
from daifuku.rules.actions import publish_book, remind
from daifuku.rules.models import Book, Edition
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import Quiet, accepted


class PublishForm(Quiet):
    note = forms.CharField(
        label=gettext_lazy("変わったことを一言で"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("例: 電話の記録の期限を30分にしました。"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest) -> HttpResponse:
    by = with_power(request, "settings")
    form = PublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and accepted(form, lambda values: publish_book(values["note"], by=by)):
        sentence = _("%(edition)sを公開しました。全員にお知らせします。")
        telling.done(request, sentence % {"edition": Edition.objects.first()})
        return redirect("rules:book")
    newest, book = Edition.objects.first(), Book.objects.order_by("pk").first()
    context = {"form": form, "edition": newest, "found": editions.changed_since(newest, book)}
    return render(request, "rules/publish.html", context, status=422 if form.errors else 200)


@require_safe
def readers_page(request: HttpRequest) -> HttpResponse:
    with_power(request, "settings")
    edition = Edition.objects.first()
    context: dict[str, Any] = {"edition": edition}
    if edition is not None:
        context |= {"waiting": editions.not_confirmed(edition), "confirmed": editions.confirmed(edition)}
    return render(request, "rules/readers.html", context)


@require_POST
def remind_page(request: HttpRequest) -> HttpResponse:
    by = with_power(request, "settings")
    number = remind(by=by)
    telling.done(request, _("%(number)s人に、もう一度お知らせします。") % {"number": number})
    return redirect("rules:readers")
