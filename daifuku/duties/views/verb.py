"""One form, one button: as every verb's page, and the note offers to take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from daifuku.duties.views.finding import Back
from daifuku.records.views import telling
from daifuku.staff.views.forms import accepted


def verb_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    back: Back,
    title: object,
    button: object,
    done: object,
    lead: object = "",
) -> HttpResponse:
    """`act(values)` calls the verb; `done` is said on the page that one came from."""
    if request.method == "POST" and accepted(form, act):
        telling.done(request, str(done), telling.written())
        return redirect(back.get_absolute_url())
    context = {"form": form, "record": back, "title": title, "button": button, "lead": lead}
    return render(request, "customers/verb.html", context, status=422 if form.errors else 200)
