"""Inviting somebody: the link is shown once, to be given by hand, and mailed where a mail server is set up."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.staff import actions, mailing
from daifuku.staff.actions import Invited
from daifuku.staff.models import Invitation, Role, Team
from daifuku.staff.views.finding import one_of, with_power
from daifuku.staff.views.forms import Quiet, SomeOf, told_in


class InvitationForm(Quiet):
    email = forms.CharField(label=_lazy("メールアドレス"), widget=forms.EmailInput({"autocomplete": "off"}))
    family_name = forms.CharField(label=_lazy("姓"), max_length=40, required=False)
    given_name = forms.CharField(label=_lazy("名"), max_length=40, required=False)
    roles = SomeOf(
        label=_lazy("役割"),
        queryset=Role.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _lazy("役割を一つ以上選んでください。")},
    )
    team = forms.ModelChoiceField(
        label=_lazy("チーム"), queryset=Team.objects.all(), required=False, empty_label=_lazy("なし")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitations(request: HttpRequest) -> HttpResponse:
    by = with_power(request)
    form = InvitationForm(request.POST or None)
    invited: Invited | None = None
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            invited = actions.invite(**form.cleaned_data, by=by)
    context = {
        "form": InvitationForm() if invited else form,
        "invited": invited,
        "mailed": mailing.mail_invitation(invited) if invited else False,
        "mail_is_set_up": mailing.is_set_up(),
        "open": actions.open_invitations().select_related("invited_by").prefetch_related("roles"),
    }
    return render(request, "staff/invitations.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    by = with_power(request)
    actions.revoke_invitation(one_of(Invitation.objects, pk), by=by)
    messages.success(request, _("招待を取り消しました。リンクはもう使えません。"))
    return redirect("staff:invitations")
