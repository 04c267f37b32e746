"""The tokens of somebody else, taken back by whoever manages people; leads back to that person's page."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.api.actions import revoke_all_tokens, revoke_token
from daifuku.api.models import ApiToken
from daifuku.foundation.errors import NotFound
from daifuku.staff.views.finding import person_at, with_power


@require_POST
def revoke(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by = with_power(request)
    token = ApiToken.objects.select_related("person").filter(uid=uid).first()
    if token is None:
        raise NotFound
    revoke_token(token, by=by)
    sentence = _("「%(name)s」を取り消しました。このトークンはもう使えません。")
    messages.success(request, sentence % {"name": token.name})
    return redirect("staff:person", token.person.uid)


@require_POST
def revoke_all(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    by, person = with_power(request), person_at(uid)
    revoke_all_tokens(person, by=by)
    messages.success(request, _("APIトークンをすべて取り消しました。"))
    return redirect("staff:person", person.uid)
