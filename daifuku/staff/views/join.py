"""The page behind an invitation's link: name and password, and in."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from daifuku.foundation.errors import NotFound
from daifuku.staff.actions import accept_invitation, invitation_of
from daifuku.staff.models import Company
from daifuku.staff.sign_in import sign_in
from daifuku.staff.sign_in_forms import PASSWORD_HELP
from daifuku.staff.views.forms import Quiet, told_in


class JoinForm(Quiet):
    family_name = forms.CharField(
        label=_("姓"), max_length=40, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    given_name = forms.CharField(
        label=_("名"), max_length=40, required=False, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    family_kana = forms.CharField(label=_("セイ"), max_length=40, required=False)
    given_kana = forms.CharField(label=_("メイ"), max_length=40, required=False)
    password = forms.CharField(
        label=_("パスワード"),
        help_text=PASSWORD_HELP,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}, render_value=True),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody who is signed in gives the link away by mistake at most: it joins nobody while he is."""
    try:
        invitation = invitation_of(secret)
    except NotFound as refusal:
        return render(request, "staff/join_closed.html", {"sentence": refusal.message}, status=404)
    if request.user.is_authenticated:
        return render(request, "staff/join_closed.html", {"signed_in": True}, status=409)
    names = {"family_name": invitation.family_name, "given_name": invitation.given_name}
    form = JoinForm(request.POST or None, initial=names)
    if request.method == "POST" and form.is_valid():
        details = dict(form.cleaned_data)
        password = details.pop("password")
        with told_in(form):
            person = accept_invitation(secret, details, password=password)
            sign_in(request, person)
            return redirect("/")
    context = {"form": form, "invitation": invitation, "company": Company.objects.first()}
    return render(request, "staff/join.html", context, status=422 if form.errors else 200)
