"""After a restore: whether what waited in the backup goes or is left out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.messages import holding
from daifuku.records.views import telling
from daifuku.staff.views.finding import with_power


@require_POST
def release(request: HttpRequest) -> HttpResponse:
    held = holding.release(by=with_power(request, "settings"))
    telling.done(request, _("送信を再開しました。") + _counts(held), None)
    return redirect("messages:mail")


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    held = holding.discard(by=with_power(request, "settings"))
    telling.done(request, _("復元前の分を見送りました。") + _counts(held), held.event)
    return redirect("messages:mail")


def _counts(held: holding.Held) -> str:
    return _("(メール%(mails)s通、Webhook%(deliveries)s件)") % {
        "mails": held.mails, "deliveries": held.deliveries,
    }  # fmt: skip
