"""What each person sets for himself: profile, language and looks, absence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.staff import actions
from daifuku.staff.absence import is_absent
from daifuku.staff.views.finding import me
from daifuku.staff.views.forms import told_in
from daifuku.staff.views.person_forms import AbsenceForm, LooksForm, ProfileForm

read_or_save = require_http_methods(["GET", "HEAD", "POST"])


@read_or_save
def profile(request: HttpRequest) -> HttpResponse:
    person = me(request)
    form = ProfileForm(request.POST or None, person=person)
    return _page(
        request, "profile", form, lambda: actions.edit_person(person, form.cleaned_data, by=person),
        {"teams": person.teams.all(), "roles": person.roles.all()},
    )  # fmt: skip


@read_or_save
def appearance(request: HttpRequest) -> HttpResponse:
    person = me(request)
    form = LooksForm(request.POST if request.method == "POST" else None, person=person)
    return _page(
        request, "appearance", form, lambda: actions.edit_person(person, form.cleaned_data, by=person)
    )


@read_or_save
def absence(request: HttpRequest) -> HttpResponse:
    person = me(request)
    form = AbsenceForm(request.POST if request.method == "POST" else None, person=person)
    return _page(
        request, "own_absence", form,
        lambda: actions.set_absence(person, **form.cleaned_data, by=person),
        {"absent": is_absent(person, timezone.localdate())},
    )  # fmt: skip


def _page(
    request: HttpRequest, name: str, form: forms.Form, deed: Any, more: dict[str, Any] | None = None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            deed()
            with translation.override(me(request).language):
                messages.success(request, _("保存しました。"))
            return redirect(f"staff:{name}")
    context = {"form": form, **(more or {})}
    return render(request, f"staff/{name}.html", context, status=422 if form.errors else 200)
