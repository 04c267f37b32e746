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
def menu_page(request: HttpRequest) -> HttpResponse:
    """Everything that stands at the side on a desk, for the phone, whose foot has room for a few."""
    viewer = request.viewer  # type: ignore[attr-defined]
    frame = [
        menu.Entry("main", _("設定"), "settings", "settings"),
        menu.Entry("main", _("自分の設定"), "account", "person"),
        menu.Entry("main", _("ヘルプ"), "help", "help"),
    ]
    return render(request, "web/menu.html", {"entries": [*menu.entries("main", viewer), *frame]})


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
