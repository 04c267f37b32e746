"""Where deals are found in the program."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from daifuku.deals.objects.deal import DEAL
from daifuku.foundation import menu


def register() -> None:
    shown: dict[str, Any] = {"icon": DEAL.icon, "order": 30, "object": "deal"}
    names, name = lazy(lambda: DEAL.names, str)(), lazy(lambda: DEAL.name, str)()
    menu.add(menu.Entry(place="main", label=names, url="deals:home", **shown))
    menu.add(
        menu.Entry(
            "settings.records", _("営業プロセス"), "deals:processes", "arrow-right", 55, power="settings",
            help=_("商談が通る段階と、段階ごとの決まり"),
        )
    )  # fmt: skip
    menu.add(
        menu.Entry(
            "settings.records", _("放置の目安"), "deals:watch", "clock", 56, power="settings",
            help=_("商談や見込み客を何日で放置とみなすか"),
        )
    )  # fmt: skip
    menu.add(
        menu.Entry(
            place="new", label=name, url="records:new", action="create", arguments=(DEAL.slug,), **shown
        )
    )
