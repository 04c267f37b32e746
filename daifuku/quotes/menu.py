"""Where quotes are found in the program."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu
from daifuku.quotes.objects.quote import QUOTE


def register() -> None:
    shown: dict[str, Any] = {"icon": QUOTE.icon, "order": 32, "object": "quote", "arguments": (QUOTE.slug,)}
    names, name = lazy(lambda: QUOTE.names, str)(), lazy(lambda: QUOTE.name, str)()
    menu.add(menu.Entry("main", names, "records:list", **shown))
    menu.add(menu.Entry("new", name, "records:new", action="create", **shown))
    menu.add(
        menu.Entry(
            "settings.records", names, "quotes:settings", QUOTE.icon, 40, power="settings",
            help=_("承認が必要なとき、承認する人、有効期限"),
        )
    )  # fmt: skip
