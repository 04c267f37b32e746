"""Where deals are found in the program."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy

from daifuku.deals.objects.deal import DEAL
from daifuku.foundation import menu


def register() -> None:
    shown: dict[str, Any] = {"icon": DEAL.icon, "order": 30, "object": "deal", "arguments": (DEAL.slug,)}
    names, name = lazy(lambda: DEAL.names, str)(), lazy(lambda: DEAL.name, str)()
    menu.add(menu.Entry(place="main", label=names, url="records:list", **shown))
    menu.add(menu.Entry(place="new", label=name, url="records:new", action="create", **shown))
