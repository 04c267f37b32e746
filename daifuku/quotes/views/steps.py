"""A page that asks for a few words before a verb: a reason, a note, an answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from daifuku.quotes.models import Quote
from daifuku.records.once import SentBefore, new_word, once
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.views.forms import told_in


def quote_at(request: HttpRequest, uid: uuid.UUID, action: str = "edit") -> Quote:
    quote: Quote = record_at(request, "quotes", uid, action=action)[1]
    return quote


def step_page(
    request: HttpRequest, quote: Quote, form: forms.Form, page: dict[str, Any], act: Callable[[dict[str, Any]], Any],
    done: str,
) -> HttpResponse:  # fmt: skip
    """`page` has title, lead and the words of the button; what was typed stays when the verb refuses. A form that
    arrives twice is done once: no customer gets the same mail twice."""
    word = request.POST.get("once") or new_word()

    def step() -> dict[str, str]:
        act(form.cleaned_data)
        telling.done(request, done, telling.written(quote))
        return {}

    if request.method == "POST" and form.is_valid():
        with told_in(form):
            try:
                once(request.POST, step, by=viewer_at(request).person)
            except SentBefore:
                word = new_word()
                raise
            return redirect(quote.get_absolute_url())
    context = {"quote": quote, "form": form, "once": word, **page}
    return render(request, "quotes/step.html", context, status=422 if form.errors else 200)


def done_with(request: HttpRequest, quote: Quote, sentence: str, to: Any = None) -> HttpResponse:
    telling.done(request, sentence, telling.written(quote))
    return redirect((to or quote).get_absolute_url())
