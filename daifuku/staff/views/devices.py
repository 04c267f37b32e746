"""On which devices one is signed in; each can be signed out from here."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from daifuku.staff import actions
from daifuku.staff.devices import devices_of
from daifuku.staff.models import Person
from daifuku.staff.views.finding import me, one_of


@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    found = devices_of(me(request), request.session.session_key)
    return render(request, "staff/devices.html", {"devices": found})


@require_POST
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own device, or with the power another person's; leads back to where its list is."""
    person = me(request)
    device = one_of(UserSession.objects, pk)
    if device.session_key == request.session.session_key:
        get_adapter().logout(request)
        return redirect("account_login")
    actions.sign_out_device(device, by=person)
    messages.success(request, _("端末をログアウトさせました。"))
    if device.user_id == person.pk:
        return redirect("staff:devices")
    return redirect("staff:person", Person.objects.get(pk=device.user_id).uid)


@require_POST
def sign_out_others(request: HttpRequest) -> HttpResponse:
    person = me(request)
    count = actions.sign_out_everywhere(person, but=request.session.session_key, by=person)
    sentence = ngettext(
        "%(n)s台の端末をログアウトさせました。", "%(n)s台の端末をログアウトさせました。", count
    )
    messages.success(request, sentence % {"n": count})
    return redirect("staff:devices")
