"""The page on which a verb asks for what it needs: one form, one button, a refusal beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from daifuku.records.forms.widgets import RelationInput
from daifuku.records.views.finding import viewer_at
from daifuku.staff.views.forms import accepted


def verb_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    record: Any,
    title: object,
    button: object,
    done: object,
    lead: object = "",
) -> HttpResponse:
    """`act(values)` calls the verb; when it has done its work the record's page says `done`."""
    for field in form.fields.values():
        if isinstance(field.widget, RelationInput):
            field.widget.viewer = viewer_at(request)
    if request.method == "POST" and accepted(form, act):
        messages.success(request, str(done))
        return redirect(record.get_absolute_url())
    context = {"form": form, "record": record, "title": title, "button": button, "lead": lead}
    return render(request, "customers/verb.html", context, status=422 if form.errors else 200)
