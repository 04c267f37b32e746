"""The first visit: before there is a firm, every page leads here; the terminal's link opens the form."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.foundation.errors import NotFound
from daifuku.staff.actions import found_company
from daifuku.staff.models import Company
from daifuku.staff.setup import is_setup_token
from daifuku.staff.sign_in import sign_in
from daifuku.staff.views.forms import Quiet, told_in


class SetupForm(Quiet):
    company_name = forms.CharField(
        label=_("会社名"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization", "autofocus": True}),
    )
    family_name = forms.CharField(
        label=_("姓"), max_length=40, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    given_name = forms.CharField(
        label=_("名"), max_length=40, required=False, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    email = forms.EmailField(
        label=_("メールアドレス"),
        help_text=_("ログインに使います。"),
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("パスワード"),
        help_text=_("10文字以上。覚えやすい文を長めにするのが安全です。"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}, render_value=True),
    )


@require_safe
@never_cache
def first_visit(request: HttpRequest) -> HttpResponse:
    """Says where the link is found; whoever has no terminal gets no further."""
    if Company.objects.exists():
        return redirect("account_login")
    return render(request, "staff/first_visit.html")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
def setup(request: HttpRequest, token: str) -> HttpResponse:
    if Company.objects.exists():
        raise NotFound
    if not is_setup_token(token):
        return render(request, "staff/first_visit.html", {"stale": True}, status=404)
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            person = found_company(**form.cleaned_data)
            sign_in(request, person)
            return redirect("/")
    return render(request, "staff/setup.html", {"form": form}, status=422 if form.errors else 200)
