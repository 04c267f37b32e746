"""Where the settings of the firm and those of each person are found."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from daifuku.foundation import menu

GROUPS = (
    ("settings.people", _("社員と権限")),
    ("settings.records", _("項目と記録")),
    ("settings.system", _("システム")),
)


@require_safe
def settings_page(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    groups = [(label, menu.entries(place, viewer)) for place, label in GROUPS]
    context = {"groups": [group for group in groups if group[1]], "own": menu.entries("account", viewer)}
    return render(request, "web/settings.html", context)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    return render(request, "web/account.html", {"entries": menu.entries("account", viewer)})
