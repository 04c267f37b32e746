"""「まるごとフォロー」 on a customer's page: all that happens with the customer, or no longer."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.messages.sharing import own
from daifuku.records.views.finding import record_at, viewer_at


@require_POST
def watch(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """`state` says which of the two is meant, so that a second press changes nothing."""
    _object_type, record = record_at(request, slug, uid)
    person, from_list = viewer_at(request).person, request.POST.get("back") == "receiving"
    if request.POST.get("state") == "off":
        own.unwatch(record, by=person)
        messages.success(request, _("まるごとフォローをやめました。"))
    else:
        own.watch(record, by=person)
        messages.success(request, _("このお客様の動きを、すべてお知らせします。"))
    return redirect("messages:receiving" if from_list else record.get_absolute_url())
