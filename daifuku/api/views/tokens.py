"""A person's own tokens: which there are, a new one (shown once), taking one back."""

from __future__ import annotations

import uuid

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.api.actions import create_token, revoke_token
from daifuku.api.models import ApiToken
from daifuku.foundation.errors import NotFound
from daifuku.staff.models import Person
from daifuku.staff.views.forms import Quiet, told_in

DAYS = (
    ("30", gettext_lazy("30日")),
    ("90", gettext_lazy("90日")),
    ("365", gettext_lazy("1年")),
    ("", gettext_lazy("無期限")),
)


class TokenForm(Quiet):
    name = forms.CharField(
        label=gettext_lazy("名前"), max_length=60, help_text=gettext_lazy("何に使うか。例: 基幹システムとの連携"),
        widget=forms.TextInput({"autofocus": True, "autocomplete": "off"}),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("できること"), choices=ApiToken.Scope.choices, initial=["read"],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("あなたの権限を超えることはできません。"),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=gettext_lazy("有効期間"),
        choices=DAYS,
        initial="90",
        coerce=int,
        empty_value=None,
        required=False,
    )


@require_safe
@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    mine = ApiToken.objects.filter(person=person_of(request)).select_related("person")
    alive = [token for token in mine if token.usable]
    gone = [token for token in mine if not token.usable]
    return render(request, "api/tokens.html", {"alive": alive, "gone": gone[:20]})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@sensitive_variables("secret")
def new_token(request: HttpRequest) -> HttpResponse:
    """Asks for the password again, because a token outlives the session; the secret is shown here and never again."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            token, secret = create_token(by=person_of(request), **form.cleaned_data)
            return render(request, "api/token_made.html", {"token": token, "secret": secret})
    return render(request, "api/new_token.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@login_required
def revoke(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    person = person_of(request)
    token = ApiToken.objects.filter(uid=uid, person=person).first()
    if token is None:
        raise NotFound
    revoke_token(token, by=person)
    messages.success(
        request, _("「%(name)s」を取り消しました。このトークンはもう使えません。") % {"name": token.name}
    )
    return redirect("api:tokens")


def person_of(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
